#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace noctis {

/// The XXH3-128 digest of bytes that come in pieces.
class digest {
public:
  digest();
  ~digest();
  digest(digest&&) noexcept;
  digest& operator=(digest&&) noexcept;

  void update(const void* data, size_t size);

  /// Returns the digest of the bytes so far, 32 lower-case hex digits in canonical (big endian) order.
  [[nodiscard]] std::string hex() const;

private:
  struct state;
  std::unique_ptr<state> state_;
};

/// Returns the XXH3-128 digest of `size` bytes, as `digest::hex` does.
std::string digest_of(const void* data, size_t size);

/// Returns 16 lower-case hex digits that stand for a patient of a facility (XXH3-64): the same for the same three.
std::string patient_key(int64_t facility_id, std::string_view issuer, std::string_view patient_id);

} // namespace noctis
