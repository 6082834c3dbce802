#include "imaging/grid.hpp"

#include <algorithm>

namespace noctis {

grid<int16_t> reduced(const volume& image, const std::array<size_t, 3>& factors) {
  grid<int16_t> result;
  for (size_t axis = 0; axis < 3; ++axis) {
    result.size[axis] = std::max<size_t>(image.size[axis] / factors[axis], 1);
    result.spacing[axis] = image.spacing[axis] * double(factors[axis]);
  }
  result.voxels.resize(result.slice_size() * result.size[2]);
  const auto block = int32_t(factors[0] * factors[1] * factors[2]);
  std::vector<int32_t> sums(result.size[0]);
  for (size_t k = 0; k < result.size[2]; ++k) {
    for (size_t j = 0; j < result.size[1]; ++j) {
      std::fill(sums.begin(), sums.end(), 0);
      for (size_t z = k * factors[2]; z < (k + 1) * factors[2]; ++z)
        for (size_t y = j * factors[1]; y < (j + 1) * factors[1]; ++y) {
          const auto* in = image.voxels.data() + image.index_of(0, y, z);
          for (auto& sum : sums)
            for (size_t x = 0; x < factors[0]; ++x) sum += *in++;
        }
      auto* out = result.voxels.data() + result.index_of(0, j, k);
      for (const auto sum : sums) *out++ = int16_t(sum / block);
    }
  }
  return result;
}

std::array<size_t, 3> factors_to(const volume& image, const vector3& millimetres) {
  std::array<size_t, 3> factors{};
  for (size_t axis = 0; axis < 3; ++axis) {
    const auto most = std::max<size_t>(image.size[axis] / 8, 1);
    factors[axis] = std::clamp<size_t>(size_t(millimetres[axis] / image.spacing[axis]), 1, most);
  }
  return factors;
}

std::vector<uint8_t> expanded(const mask_grid& labels, const volume& image, const std::array<size_t, 3>& factors) {
  std::vector<uint8_t> result(image.voxels.size());
  auto* out = result.data();
  for (size_t k = 0; k < image.size[2]; ++k)
    for (size_t j = 0; j < image.size[1]; ++j) {
      const auto* row = labels.voxels.data() + labels.index_of(0, std::min(j / factors[1], labels.size[1] - 1),
                                                               std::min(k / factors[2], labels.size[2] - 1));
      for (size_t i = 0; i < image.size[0]; ++i) *out++ = row[std::min(i / factors[0], labels.size[0] - 1)];
    }
  return result;
}

vector3 expanded_place(const vector3& place, const std::array<size_t, 3>& factors) {
  vector3 result{};
  for (size_t axis = 0; axis < 3; ++axis) result[axis] = (place[axis] + 0.5) * double(factors[axis]) - 0.5;
  return result;
}

mask_grid intersection_of(mask_grid a, const mask_grid& b) {
  for (size_t i = 0; i < a.voxels.size(); ++i) a.voxels[i] = uint8_t(a.voxels[i] & b.voxels[i]);
  return a;
}

} // namespace noctis
