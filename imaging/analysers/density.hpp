#pragma once

#include "imaging/grid.hpp"

#include <cstdint>

namespace noctis {

/// Densities of the air-filled lung.
struct lung_density {
  double below_950_percent = 0; ///< LAA-950
  double percentile_15 = 0;     ///< HU
  double mean = 0;              ///< HU
};

/// Measures the voxels of `labels` other than 0 that lie below −400 HU, after a median over 3 × 3 pixels of each slice,
/// which keeps noise from making or hiding emphysema.
lung_density density_of(const volume& image, const mask_grid& labels);

} // namespace noctis
