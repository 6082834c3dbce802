#pragma once

#include <cmath>
#include <cstdint>

namespace noctis {

/// Numbers that are the same on every machine for the same seed (splitmix64).
class phantom_random {
public:
  explicit phantom_random(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    auto z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }

  /// Returns a number from low to high.
  double uniform(double low, double high) { return low + (high - low) * double(next() >> 11U) * 0x1p-53; }

  /// Returns a number of mean 0 and deviation 1 (Box and Muller).
  double normal() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    const auto radius = std::sqrt(-2 * std::log(uniform(1e-12, 1)));
    const auto angle = uniform(0, 6.28318530717958647692);
    spare_ = radius * std::sin(angle);
    has_spare_ = true;
    return radius * std::cos(angle);
  }

private:
  uint64_t state_;
  double spare_ = 0;
  bool has_spare_ = false;
};

} // namespace noctis
