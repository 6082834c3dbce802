#pragma once

#include <cstdint>
#include <string>

// What makes a change of a signed report show. For the sources of this room alone.

namespace noctis::schema {

/// Who and what a signed version is about. Kept beside the content, and under the same digest.
struct report_identity {
  int64_t report = 0;
  int32_t version = 0;
  std::string status;
  std::string study_uid;
  std::string accession_number;
  std::string patient_id;
  std::string issuer;
  std::string patient_name;
  std::string birth_date;
  int64_t signer = 0;
  std::string signer_name;
  int64_t signed_at = 0;
  std::string former_digest; ///< of the version before; "" for the first
};

/// Returns the identity as JSON; the same bytes for the same identity.
std::string json_of(const report_identity& who);

/// Reads what `json_of` wrote; empty where it is not that.
report_identity identity_from(const std::string& json);

/// Returns the SHA-256 of `text` in hexadecimal.
std::string sha256_of(const std::string& text);

/// Returns the digest of a version: the SHA-256 over those of its content and of its identity, all in hexadecimal.
std::string report_digest(const std::string& content_sha256, const std::string& identity_sha256);

/// Returns the HMAC-SHA256 of a digest in hexadecimal.
std::string report_seal(const std::string& key, const std::string& digest);

} // namespace noctis::schema
