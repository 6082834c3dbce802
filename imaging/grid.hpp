#pragma once

#include "imaging/vector3.hpp"
#include "imaging/volume.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace noctis {

/// Values on a right-angled grid without a place in the patient; i fastest.
template <class T>
struct grid {
  std::array<size_t, 3> size{};
  vector3 spacing{}; ///< mm
  std::vector<T> voxels;

  [[nodiscard]] size_t index_of(size_t i, size_t j, size_t k) const { return (k * size[1] + j) * size[0] + i; }
  [[nodiscard]] size_t slice_size() const { return size[0] * size[1]; }
  [[nodiscard]] double voxel_ml() const { return spacing[0] * spacing[1] * spacing[2] / 1000; }
};

/// 0: outside, else inside or a label.
using mask_grid = grid<uint8_t>;

/// Returns a grid of the shape of `like`, all `value`.
template <class T, class U>
grid<T> shaped_like(const grid<U>& like, T value = {}) {
  return {like.size, like.spacing, std::vector<T>(like.voxels.size(), value)};
}

/// Returns the means of blocks of `factors` voxels; an incomplete block at an upper edge is left out.
grid<int16_t> reduced(const volume& image, const std::array<size_t, 3>& factors);

/// Returns how many voxels of `image` along each axis make blocks of at most `millimetres`, at least 1.
std::array<size_t, 3> factors_to(const volume& image, const vector3& millimetres);

/// Returns for each voxel of `image` the label of its block in `labels`, a grid that `reduced` has the shape of.
std::vector<uint8_t> expanded(const mask_grid& labels, const volume& image, const std::array<size_t, 3>& factors);

/// Returns the voxel coordinates in the volume of the block coordinates `place`.
vector3 expanded_place(const vector3& place, const std::array<size_t, 3>& factors);

/// Returns the coordinates of the voxel at index `place`.
template <class Grid>
vector3 coordinates_in(const Grid& values, size_t place) {
  const auto of_slice = values.size[0] * values.size[1];
  const size_t row = place % of_slice / values.size[0];
  const size_t slice = place / of_slice;
  return {double(place % values.size[0]), double(row), double(slice)};
}

/// Returns what is in both masks.
mask_grid intersection_of(mask_grid a, const mask_grid& b);

/// Returns the voxels where low ≤ value ≤ high.
template <class T>
mask_grid between(const grid<T>& values, double low, double high) {
  auto result = shaped_like<uint8_t>(values);
  for (size_t i = 0; i < values.voxels.size(); ++i)
    result.voxels[i] = uint8_t(double(values.voxels[i]) >= low && double(values.voxels[i]) <= high);
  return result;
}

} // namespace noctis
