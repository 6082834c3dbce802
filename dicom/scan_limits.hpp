#pragma once

#include <cstddef>
#include <cstdint>

namespace noctis {

/// What a data set may ask of this system at most; beyond it `errc::limit_exceeded`.
struct scan_limits {
  uint32_t depth = 64;                              ///< sequences within sequences
  uint64_t elements = 10'000'000;                   ///< elements and items in all
  size_t kept_value = size_t{64} << 10;             ///< bytes of one value that is kept
  size_t kept_total = size_t{1} << 20;              ///< bytes of all values that are kept
  uint64_t inflated = uint64_t{4} << 30;            ///< bytes of a deflated data set, inflated
  uint64_t inflate_ratio = 250;                     ///< inflated bytes for each deflated one …
  uint64_t inflate_ratio_from = uint64_t{64} << 20; ///< … once so many are inflated
};

} // namespace noctis
