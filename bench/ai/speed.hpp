#pragma once

#include <string>
#include <vector>

namespace noctis::bench {

/// What an analysis of one series takes.
struct speed_row {
  std::string what;
  double seconds = 0;     ///< by the clock
  double cpu_seconds = 0; ///< of all threads
  double peak_mib = 0;    ///< resident, of the whole process
  double limit_seconds = 0;
  double limit_mib = 0;

  [[nodiscard]] bool passes() const { return seconds <= limit_seconds && peak_mib <= limit_mib; }
};

/// Measures a chest of 300 slices of 512², a head of 40, and quality control of an image, each from slices in memory
/// to the result.
std::vector<speed_row> measure_speed();

std::string markdown_of(const std::vector<speed_row>& rows);
std::string json_of(const std::vector<speed_row>& rows);

} // namespace noctis::bench
