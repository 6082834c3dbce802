#include "actors/accounts/passwords.hpp"

#include <argon2.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace noctis {

namespace {

constexpr uint32_t passes = 2;
constexpr uint32_t memory_kib = 19456;
constexpr uint32_t lanes = 1;
constexpr size_t salt_bytes = 16;
constexpr size_t hash_bytes = 32;

std::vector<unsigned char> random_bytes(size_t count) {
  std::vector<unsigned char> bytes(count);
  if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1) throw std::runtime_error("no random numbers");
  return bytes;
}

std::string hex(const unsigned char* bytes, size_t count) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * count);
  for (size_t i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

} // namespace

std::string hash_password(const std::string& password) {
  const auto salt = random_bytes(salt_bytes);
  std::vector<char> encoded(argon2_encodedlen(passes, memory_kib, lanes, salt_bytes, hash_bytes, Argon2_id));
  const int result = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                                           salt.size(), hash_bytes, encoded.data(), encoded.size());
  if (result != ARGON2_OK) throw std::runtime_error(argon2_error_message(result));
  return encoded.data();
}

bool verify_password(const std::string& hash, const std::string& password) {
  return argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

std::string password_objection(const std::string& password) {
  constexpr size_t shortest = 12;
  constexpr size_t longest = 1024;
  if (password.size() < shortest) return "a password has at least 12 characters";
  if (password.size() > longest) return "a password has at most 1,024 characters";
  return {};
}

std::string random_hex(size_t bytes) {
  const auto random = random_bytes(bytes);
  return hex(random.data(), random.size());
}

std::string sha256_hex(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
  return hex(digest.data(), length);
}

std::string derived_key(const std::string& secret, const std::string& purpose) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> key{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(), key.data(), &length);
  return hex(key.data(), length);
}

} // namespace noctis
