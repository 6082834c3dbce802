#pragma once

#include "imaging/analysis.hpp"
#include "imaging/grid.hpp"

#include <caf/expected.hpp>

#include <vector>

namespace noctis {

/// Density of the brain's tissue in one slice.
struct tissue_density {
  double level = 0; ///< HU: the median
  double noise = 0; ///< HU: robust deviation of what is denser than the median, which fluid does not touch
};

/// What lies inside the skull, with the image made smooth.
struct intracranial_space {
  std::array<size_t, 3> factors{};    ///< voxels of the volume for each of the grids below, about 1 mm in the slice
  mask_grid mask;                     ///< brain, ventricles, blood, fluid around; down to the foramen magnum
  mask_grid calcium;                  ///< bone and other calcium, inside and outside the mask
  mask_grid partial;                  ///< where calcium may have raised the density by partial volume
  grid<float> depth;                  ///< mm from the mask's outside
  grid<float> smooth;                 ///< HU, Gaussian of 1 mm within the slices
  double tissue = 0;                  ///< HU: the median of the space's inner half
  double noise = 0;                   ///< HU: deviation of brain tissue from it after smoothing
  std::vector<tissue_density> slices; ///< each slice's own: beam hardening raises whole slices
};

/// Finds the space inside the skull in an axial head CT: soft tissue that hangs together after a margin of
/// `separating_mm` is taken from bone and air, grown back to the bone, without the slices below the foramen magnum.
/// Errors: `cancelled`, `invalid_argument` where the volume is not axial or no brain is found.
caf::expected<intracranial_space> find_intracranial_space(const volume& image, const series_traits& traits,
                                                          const run_control& control);

} // namespace noctis
