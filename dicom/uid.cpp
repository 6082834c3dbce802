#include "dicom/uid.hpp"

#include "dicom/digest.hpp"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <memory>

namespace noctis {

namespace {

using uuid_bytes = std::array<uint8_t, 16>;
using big_number = std::unique_ptr<BIGNUM, void (*)(BIGNUM*)>;

constexpr std::string_view uuid_root = "2.25.";
constexpr size_t longest_uuid_number = 39; // digits of 2^128 - 1

std::string uid_of(const uuid_bytes& bytes) {
  const big_number number{BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), BN_free};
  char* const digits = BN_bn2dec(number.get());
  auto result = std::string{uuid_root} + digits;
  OPENSSL_free(digits);
  return result;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Reads 32 hex digits, with or without dashes; false where there are others.
bool read_hex(std::string_view text, uuid_bytes& into) {
  size_t digits = 0;
  for (const char c : text) {
    if (c == '-') continue;
    const int value = hex_value(c);
    if (value < 0 || digits == 2 * into.size()) return false;
    auto& byte = into[digits++ / 2];
    byte = static_cast<uint8_t>(byte << 4 | value);
  }
  return digits == 2 * into.size();
}

} // namespace

bool valid_uid(std::string_view uid) {
  if (uid.empty() || uid.size() > max_uid_length) return false;
  char before = '.';
  for (const char c : uid) {
    if (c == '.' ? before == '.' : c < '0' || c > '9') return false;
    before = c;
  }
  return before != '.';
}

std::string uid_of_uuid(std::array<uint8_t, 16> bytes, int version) {
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0F) | version << 4);
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3F) | 0x80);
  return uid_of(bytes);
}

std::string uid_of_uuid(std::string_view text) {
  uuid_bytes bytes{};
  return read_hex(text, bytes) ? uid_of(bytes) : std::string{};
}

std::string uuid_of_uid(std::string_view uid) {
  if (uid.substr(0, uuid_root.size()) != uuid_root || !valid_uid(uid)) return {};
  const std::string digits{uid.substr(uuid_root.size())};
  if (digits.size() > longest_uuid_number || digits.find('.') != std::string::npos) return {};
  BIGNUM* read = nullptr;
  BN_dec2bn(&read, digits.c_str());
  const big_number number{read, BN_free};
  uuid_bytes bytes{};
  if (BN_bn2binpad(number.get(), bytes.data(), static_cast<int>(bytes.size())) < 0) return {};
  constexpr auto hex = "0123456789abcdef";
  std::string result;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) result += '-';
    result += hex[bytes[i] >> 4];
    result += hex[bytes[i] & 0x0F];
  }
  return result;
}

std::string derived_uid(std::string_view uuid, int64_t number) {
  constexpr int made_from_other_data = 8; // RFC 9562, 5.8
  const auto source = std::string{uuid} + " " + std::to_string(number);
  uuid_bytes bytes{};
  read_hex(digest_of(source.data(), source.size()), bytes);
  return uid_of_uuid(bytes, made_from_other_data);
}

std::string new_uid() {
  std::array<uint8_t, 16> bytes{};
  RAND_bytes(bytes.data(), bytes.size());
  return uid_of_uuid(bytes, 4);
}

} // namespace noctis
