#include "imaging/models/sampling.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr float outside_value = -1024; // air
constexpr size_t nowhere = SIZE_MAX;

} // namespace

model_sampling::model_sampling(const model_input& input, const volume& image)
    : input_(input), image_(image), is_volume_(input.is_volume()) {
  const auto& shape = input.shape;
  size_ = {size_t(shape[shape.size() - 1]), size_t(shape[shape.size() - 2]),
           is_volume_ ? size_t(shape[2]) : image.size[2]};
  for (size_t axis = 0; axis < 3; ++axis) {
    centre_[axis] = (double(image.size[axis]) - 1) / 2;
    step_[axis] = double(image.size[axis]) / double(size_[axis]);
    if (input.spacing_mm && (axis < 2 || is_volume_)) step_[axis] = (*input.spacing_mm)[axis] / image.spacing[axis];
  }
}

float model_sampling::value_at(const std::array<double, 3>& place) const {
  std::array<size_t, 3> lower{};
  std::array<size_t, 3> upper{};
  std::array<double, 3> share{};
  for (size_t axis = 0; axis < 3; ++axis) {
    const auto last = double(image_.size[axis] - 1);
    if (place[axis] < -0.5 || place[axis] > last + 0.5) return outside_value;
    const auto within = std::clamp(place[axis], 0.0, last);
    lower[axis] = size_t(within);
    upper[axis] = std::min(lower[axis] + 1, image_.size[axis] - 1);
    share[axis] = within - double(lower[axis]);
  }
  double sum = 0;
  for (unsigned corner = 0; corner < 8; ++corner) {
    double weight = 1;
    std::array<size_t, 3> at{};
    for (size_t axis = 0; axis < 3; ++axis) {
      const bool high = (corner >> axis & 1U) != 0;
      weight *= high ? share[axis] : 1 - share[axis];
      at[axis] = high ? upper[axis] : lower[axis];
    }
    if (weight > 0) sum += weight * image_.voxels[image_.index_of(at[0], at[1], at[2])];
  }
  return float(sum);
}

tensor model_sampling::input_of(size_t n) const {
  tensor result{input_.shape, {}};
  const auto slices = is_volume_ ? size_[2] : 1;
  result.values.reserve(size_[0] * size_[1] * slices);
  const auto& normal = input_.normalisation;
  for (size_t k = 0; k < slices; ++k)
    for (size_t j = 0; j < size_[1]; ++j)
      for (size_t i = 0; i < size_[0]; ++i) {
        const auto depth = is_volume_ ? place_on(2, double(k)) : double(n);
        const auto value = value_at({place_on(0, double(i)), place_on(1, double(j)), depth});
        auto normalised = (double(value) - normal.subtracted) / normal.divisor;
        if (normal.clamped) normalised = std::clamp(normalised, 0.0, 1.0);
        result.values.push_back(float(normalised));
      }
  return result;
}

void model_sampling::give_labels(size_t n, const std::vector<uint8_t>& of_points,
                                 std::vector<uint8_t>& of_voxels) const {
  std::array<std::vector<size_t>, 3> nearest;
  for (size_t axis = 0; axis < 3; ++axis)
    for (size_t i = 0; i < image_.size[axis]; ++i) {
      const auto point = std::lround((double(i) - centre_[axis]) / step_[axis] + (double(size_[axis]) - 1) / 2);
      nearest[axis].push_back(point >= 0 && size_t(point) < size_[axis] ? size_t(point) : nowhere);
    }
  const auto first = is_volume_ ? 0 : n;
  const auto last = is_volume_ ? image_.size[2] : n + 1;
  for (auto k = first; k < last; ++k)
    for (size_t j = 0; j < image_.size[1]; ++j)
      for (size_t i = 0; i < image_.size[0]; ++i) {
        const auto z = is_volume_ ? nearest[2][k] : 0;
        const auto y = nearest[1][j];
        const auto x = nearest[0][i];
        if (x == nowhere || y == nowhere || z == nowhere) continue;
        of_voxels[image_.index_of(i, j, k)] = of_points[(z * size_[1] + y) * size_[0] + x];
      }
}

} // namespace noctis
