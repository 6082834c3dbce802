#pragma once

#include "imaging/analysis.hpp"
#include "imaging/grid.hpp"

#include <caf/expected.hpp>

namespace noctis {

/// What lies inside the skull, with the image made smooth.
struct intracranial_space {
  std::array<size_t, 3> factors{}; ///< voxels of the volume for each of the grids below, about 1 mm in the slice
  mask_grid mask;                  ///< brain, ventricles, blood, fluid around
  grid<float> smooth;              ///< HU, Gaussian of 1 mm within the slices
  double tissue = 0;               ///< HU: the median of the space's inner half
  double noise = 0;                ///< HU: deviation of brain tissue from it after smoothing
};

/// Finds the space inside the skull in an axial head CT: soft tissue that hangs together after a margin of
/// `separating_mm` is taken from bone and air, grown back to the bone. Errors: `cancelled`, `invalid_argument` where
/// the volume is not axial or no brain is found.
caf::expected<intracranial_space> find_intracranial_space(const volume& image, const run_control& control);

} // namespace noctis
