#pragma once

#include <chrono>
#include <cstdint>

namespace noctis {

/// Returns the wall clock in ms since the epoch, UTC.
inline int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace noctis
