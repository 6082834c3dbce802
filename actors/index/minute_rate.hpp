#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace noctis {

/// Instances and bytes over the last minute, in slots of a second.
class minute_rate {
public:
  void add(uint64_t bytes) {
    auto& current = slots_.at(static_cast<size_t>(second() % seconds));
    if (current.second != second()) current = {second(), 0, 0};
    ++current.instances;
    current.bytes += bytes;
  }

  [[nodiscard]] double instances_per_second() const { return sum(&slot::instances); }
  [[nodiscard]] double bytes_per_second() const { return sum(&slot::bytes); }

private:
  struct slot {
    int64_t second = -seconds;
    uint64_t instances = 0;
    uint64_t bytes = 0;
  };
  static constexpr int64_t seconds = 60;

  static int64_t second() {
    using namespace std::chrono;
    return duration_cast<std::chrono::seconds>(steady_clock::now().time_since_epoch()).count();
  }

  [[nodiscard]] double sum(uint64_t slot::*what) const {
    uint64_t total = 0;
    for (const auto& one : slots_) {
      if (one.second > second() - seconds) total += one.*what;
    }
    return static_cast<double>(total) / seconds;
  }

  std::array<slot, seconds> slots_{};
};

} // namespace noctis
