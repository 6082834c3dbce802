#pragma once

#include "imaging/grid.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace noctis {

/// A connected part of a mask.
struct component {
  uint32_t label = 0; ///< in `components::labels`
  size_t voxels = 0;
  std::array<size_t, 3> lower{}; ///< of its box, inclusive
  std::array<size_t, 3> upper{};
  vector3 centre{}; ///< mean voxel coordinates
};

struct components {
  grid<uint32_t> labels;       ///< 0: outside
  std::vector<component> list; ///< the largest first
};

enum class neighbours : uint8_t {
  faces, ///< 6 in space, 4 in a slice
  all,   ///< 26 in space, 8 in a slice
};

/// Returns the connected parts of `mask`.
components components_of(const mask_grid& mask, neighbours connected = neighbours::faces);

/// Returns the largest connected part alone; empty where there is none.
mask_grid largest_component(const mask_grid& mask);

/// Returns the mask without what lies within `millimetres` of its outside; voxels of the grid's edge don't count as
/// such.
mask_grid eroded(const mask_grid& mask, double millimetres);

/// Returns the mask with all that lies within `millimetres` of it.
mask_grid dilated(const mask_grid& mask, double millimetres);

/// Returns what a ball of radius `millimetres` covers inside the mask.
mask_grid opened(const mask_grid& mask, double millimetres);

/// Returns the mask and what a ball of radius `millimetres` outside it cannot cover.
mask_grid closed(const mask_grid& mask, double millimetres);

/// Returns how deep in mm each voxel lies in the mask; 0 outside.
grid<float> depth_in(const mask_grid& mask);

/// Returns the mask with what is enclosed by it, slice by slice.
mask_grid filled_slices(const mask_grid& mask);

/// Returns `values` smoothed by a Gaussian of `sigma` mm along each axis (0: not along that one).
grid<float> smoothed(const grid<float>& values, const vector3& sigma);

/// Returns the volume as real numbers.
grid<float> real_values(const volume& image);

} // namespace noctis
