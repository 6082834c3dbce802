#pragma once

#include "imaging/grid.hpp"

#include <cstddef>
#include <vector>

namespace noctis {

/// A calcified lesion in one slice.
struct calcium_lesion {
  size_t slice = 0;
  size_t pixels = 0;
  double area_mm2 = 0;
  int16_t peak = 0; ///< HU
  double mean_hu = 0;
  vector3 centre{}; ///< voxel coordinates
};

struct calcium_score {
  double agatston = 0;   ///< standardised to slices of 3 mm
  double volume_mm3 = 0; ///< voxels of counted lesions times their size
  std::vector<calcium_lesion> lesions;
  mask_grid labels; ///< 1: counted
};

/// Returns Agatston's weight of a lesion's densest pixel: 1 from 130 HU, 2 from 200, 3 from 300, 4 from 400, else 0.
int agatston_weight(int16_t peak);

/// Scores the calcium in `region` (on the volume's grid; 0: outside) as Agatston et al. (J Am Coll Cardiol
/// 1990;15:827) did: slice by slice, parts of pixels of at least 130 HU that touch at sides or corners, of at least
/// 1 mm², area times weight; the sum times slice distance / 3 mm. No smoothing. Parts of more than 1500 mm² are bone.
calcium_score score_calcium(const volume& image, const mask_grid& region);

/// Returns where the heart may lie in an axial chest CT: between right and left lung in the same row of a slice, and 5
/// mm before the spine. `lungs`: labels on a grid of blocks of `factors` voxels.
mask_grid heart_region(const volume& image, const mask_grid& lungs, const std::array<size_t, 3>& factors);

} // namespace noctis
