#include "dicom/uid.hpp"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <memory>

namespace noctis {

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
  const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> number{BN_bin2bn(bytes.data(), bytes.size(), nullptr), BN_free};
  char* const digits = BN_bn2dec(number.get());
  auto result = std::string{"2.25."} + digits;
  OPENSSL_free(digits);
  return result;
}

std::string new_uid() {
  std::array<uint8_t, 16> bytes{};
  RAND_bytes(bytes.data(), bytes.size());
  return uid_of_uuid(bytes, 4);
}

} // namespace noctis
