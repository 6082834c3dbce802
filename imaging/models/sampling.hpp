#pragma once

#include "imaging/models/manifest.hpp"
#include "imaging/models/network.hpp"
#include "imaging/volume.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace noctis {

/// The grid of a network's input laid over a volume, both about the same middle.
class model_sampling {
public:
  model_sampling(const model_input& input, const volume& image);

  /// How many inputs the volume makes: 1 for a network of volumes, else its slices.
  [[nodiscard]] size_t inputs() const { return is_volume_ ? 1 : image_.size[2]; }

  /// Returns input `n`: values interpolated linearly and normalised.
  [[nodiscard]] tensor input_of(size_t n) const;

  /// Gives the voxels of the volume that input `n` covers the label of the nearest of its points.
  void give_labels(size_t n, const std::vector<uint8_t>& of_points, std::vector<uint8_t>& of_voxels) const;

private:
  [[nodiscard]] double place_on(size_t axis, double point) const {
    return centre_[axis] + (point - (double(size_[axis]) - 1) / 2) * step_[axis];
  }
  [[nodiscard]] float value_at(const std::array<double, 3>& place) const;

  const model_input& input_;
  const volume& image_;
  bool is_volume_;
  std::array<size_t, 3> size_{};   ///< points along columns, rows, slices
  std::array<double, 3> centre_{}; ///< voxels
  std::array<double, 3> step_{};   ///< voxels from point to point
};

} // namespace noctis
