#pragma once

#include "imaging/volume.hpp"

#include <caf/optional.hpp>

#include <cstddef>
#include <vector>

namespace noctis {

/// Mean and deviation of voxels.
struct field_statistics {
  double mean = 0;
  double deviation = 0;
  size_t voxels = 0;
};

/// A circle in the slices; voxel coordinates, radius in mm.
struct circle {
  double column = 0;
  double row = 0;
  double radius = 0;
};

/// A phantom's cylinder, upright on the slices.
struct phantom_cylinder {
  circle outline;
  std::vector<size_t> slices; ///< where it is round
};

/// A rod in it.
struct phantom_rod {
  circle outline;
  size_t first = 0; ///< slices, inclusive, without those at its ends
  size_t last = 0;
};

/// Returns the cylinder in `image`; none where no slice shows a round body.
caf::optional<phantom_cylinder> find_cylinder(const volume& image);

/// Returns the round parts in `cylinder` that differ by 40 HU or more from its filling, 5 to 50 mm wide.
std::vector<phantom_rod> find_rods(const volume& image, const phantom_cylinder& cylinder, double filling);

/// Returns the statistics of the voxels in a circle in the given slices; the deviation is the mean of the slices'.
field_statistics measure_field(const volume& image, const circle& field, const std::vector<size_t>& slices);

} // namespace noctis
