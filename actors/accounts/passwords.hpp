#pragma once

#include <cstddef>
#include <string>

namespace noctis {

/// Returns the argon2id hash of `password` in its standard text form, with a fresh salt (RFC 9106; 19 MiB, two
/// passes: takes some 30 ms).
std::string hash_password(const std::string& password);

/// Whether `password` is the one that `hash` was made from; false for a hash that is none.
bool verify_password(const std::string& hash, const std::string& password);

/// Why `password` may not protect an account, "" when it may (at least 12 characters, at most 1,024).
std::string password_objection(const std::string& password);

/// Returns `bytes` random bytes in lower-case hex.
std::string random_hex(size_t bytes);

/// Returns the SHA-256 of `text` in lower-case hex: how secrets that are random themselves are kept.
std::string sha256_hex(const std::string& text);

/// Returns the key for one purpose that follows from the system's secret: its HMAC-SHA256 in lower-case hex.
std::string derived_key(const std::string& secret, const std::string& purpose);

} // namespace noctis
