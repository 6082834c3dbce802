#include "schema/repositories/reports/seal.hpp"

#include "schema/repositories/reports/json.hpp"
#include "schema/text.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace noctis::schema {

namespace {

using digest_bytes = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hexadecimal(const digest_bytes& bytes, unsigned int count) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

int64_t number_of(const rapidjson::Document& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() || !found->value.IsInt64() ? 0 : found->value.GetInt64();
}

} // namespace

std::string json_of(const report_identity& who) {
  std::string json = "{";
  const auto number = [&](const char* name, int64_t value) {
    json += (json.size() > 1 ? ",\"" : "\"") + std::string{name} + "\":" + std::to_string(value);
  };
  const auto text = [&](const char* name, const std::string& value) {
    json += ",\"" + std::string{name} + "\":" + json_string(value);
  };
  number("report", who.report);
  number("version", who.version);
  text("status", who.status);
  text("study_instance_uid", who.study_uid);
  text("accession_number", who.accession_number);
  text("patient_id", who.patient_id);
  text("issuer", who.issuer);
  text("patient_name", who.patient_name);
  text("birth_date", who.birth_date);
  number("signer", who.signer);
  text("signer_name", who.signer_name);
  number("signed_at", who.signed_at);
  text("former_digest", who.former_digest);
  return json + "}";
}

report_identity identity_from(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  report_identity result;
  if (document.HasParseError() || !document.IsObject()) return result;
  result.report = number_of(document, "report");
  result.version = static_cast<int32_t>(number_of(document, "version"));
  result.status = text_of(document, "status");
  result.study_uid = text_of(document, "study_instance_uid");
  result.accession_number = text_of(document, "accession_number");
  result.patient_id = text_of(document, "patient_id");
  result.issuer = text_of(document, "issuer");
  result.patient_name = text_of(document, "patient_name");
  result.birth_date = text_of(document, "birth_date");
  result.signer = number_of(document, "signer");
  result.signer_name = text_of(document, "signer_name");
  result.signed_at = number_of(document, "signed_at");
  result.former_digest = text_of(document, "former_digest");
  return result;
}

std::string sha256_of(const std::string& text) {
  digest_bytes digest{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
  return hexadecimal(digest, length);
}

std::string report_digest(const std::string& content_sha256, const std::string& identity_sha256) {
  return sha256_of(content_sha256 + identity_sha256);
}

std::string report_seal(const std::string& key, const std::string& digest) {
  digest_bytes seal{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(digest.data()),
       digest.size(), seal.data(), &length);
  return hexadecimal(seal, length);
}

} // namespace noctis::schema
