#include "dicom/digest.hpp"

#include <xxhash.h>

#include <array>
#include <new>

namespace noctis {

namespace {

template <class Canonical>
std::string hex_of(const Canonical& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string result;
  result.reserve(sizeof bytes.digest * 2);
  for (const unsigned char byte : bytes.digest) {
    result += digits[byte >> 4];
    result += digits[byte & 0x0F];
  }
  return result;
}

std::string hex_of(XXH128_hash_t hash) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, hash);
  return hex_of(canonical);
}

} // namespace

struct digest::state {
  state() : hash(XXH3_createState()) {
    if (hash == nullptr) throw std::bad_alloc{};
    XXH3_128bits_reset(hash);
  }
  ~state() { XXH3_freeState(hash); }
  state(const state&) = delete;
  state& operator=(const state&) = delete;

  XXH3_state_t* hash;
};

digest::digest() : state_(std::make_unique<state>()) {}
digest::~digest() = default;
digest::digest(digest&&) noexcept = default;
digest& digest::operator=(digest&&) noexcept = default;

void digest::update(const void* data, size_t size) {
  if (size > 0) XXH3_128bits_update(state_->hash, data, size);
}

std::string digest::hex() const { return hex_of(XXH3_128bits_digest(state_->hash)); }

std::string digest_of(const void* data, size_t size) { return hex_of(XXH3_128bits(data, size)); }

std::string patient_key(int64_t facility_id, std::string_view issuer, std::string_view patient_id) {
  std::string text = std::to_string(facility_id);
  text.append(1, '\0').append(issuer).append(1, '\0').append(patient_id);
  XXH64_canonical_t canonical;
  XXH64_canonicalFromHash(&canonical, XXH3_64bits(text.data(), text.size()));
  return hex_of(canonical);
}

} // namespace noctis
