#pragma once

#include <cstdint>

namespace noctis {

/// Returns the unsigned numbers that stand at `bytes`, in either byte order.
inline uint16_t read_u16(const uint8_t* bytes, bool big_endian) {
  return static_cast<uint16_t>(big_endian ? bytes[0] << 8 | bytes[1] : bytes[1] << 8 | bytes[0]);
}

inline uint32_t read_u32(const uint8_t* bytes, bool big_endian) {
  const uint32_t first = read_u16(bytes, big_endian);
  const uint32_t second = read_u16(bytes + 2, big_endian);
  return big_endian ? first << 16 | second : second << 16 | first;
}

inline uint64_t read_u64(const uint8_t* bytes, bool big_endian) {
  const uint64_t first = read_u32(bytes, big_endian);
  const uint64_t second = read_u32(bytes + 4, big_endian);
  return big_endian ? first << 32 | second : second << 32 | first;
}

} // namespace noctis
