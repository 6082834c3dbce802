#pragma once

#include "bench/ai/error_table.hpp"

#include <cstdint>

namespace noctis::bench {

/// How many phantoms the errors are measured on.
struct accuracy_options {
  uint64_t seeds = 3;
  bool quick = false; ///< one level of noise
  double scale = 0.5; ///< of the chest; 1: 512² pixels
};

/// Analyses phantoms of several seeds and levels of noise and compares with their truth; a line for each on stderr.
error_table measure_accuracy(const accuracy_options& options);

} // namespace noctis::bench
