#include "imaging/analysers/density.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace noctis {

namespace {

constexpr int lowest = -1100;
constexpr int air_below = -400;
constexpr int emphysema_at = -950;

/// Sorts a pair.
void order(int16_t& a, int16_t& b) {
  const auto low = std::min(a, b);
  b = std::max(a, b);
  a = low;
}

/// Median of nine by 19 exchanges (Paeth, Graphics Gems, 1990).
int16_t median_of(std::array<int16_t, 9>& v) {
  order(v[1], v[2]), order(v[4], v[5]), order(v[7], v[8]), order(v[0], v[1]), order(v[3], v[4]), order(v[6], v[7]);
  order(v[1], v[2]), order(v[4], v[5]), order(v[7], v[8]), order(v[0], v[3]), order(v[5], v[8]), order(v[4], v[7]);
  order(v[3], v[6]), order(v[1], v[4]), order(v[2], v[5]), order(v[4], v[7]), order(v[4], v[2]), order(v[6], v[4]);
  order(v[4], v[2]);
  return v[4];
}

} // namespace

lung_density density_of(const volume& image, const mask_grid& labels) {
  std::vector<uint64_t> histogram(size_t(air_below - lowest));
  const auto columns = image.size[0];
  for (size_t k = 0; k < image.size[2]; ++k)
    for (size_t j = 1; j + 1 < image.size[1]; ++j)
      for (size_t i = 1; i + 1 < columns; ++i) {
        const auto place = image.index_of(i, j, k);
        if (labels.voxels[place] == 0 || image.voxels[place] >= air_below) continue;
        const auto* v = image.voxels.data() + place;
        std::array<int16_t, 9> around{v[-1], v[0], v[1]};
        std::copy(v - columns - 1, v - columns + 2, around.begin() + 3);
        std::copy(v + columns - 1, v + columns + 2, around.begin() + 6);
        const auto value = std::clamp<int>(median_of(around), lowest, air_below - 1);
        ++histogram[size_t(value - lowest)];
      }
  lung_density result;
  double all = 0;
  for (size_t bin = 0; bin < histogram.size(); ++bin) {
    all += double(histogram[bin]);
    result.mean += double(histogram[bin]) * (int(bin) + lowest);
  }
  if (all == 0) return result;
  result.mean /= all;
  double below = 0;
  bool found = false;
  for (size_t bin = 0; bin < histogram.size(); ++bin) {
    below += double(histogram[bin]);
    const auto value = int(bin) + lowest;
    if (value == emphysema_at) result.below_950_percent = 100 * below / all;
    if (!found && below >= 0.15 * all) {
      result.percentile_15 = value;
      found = true;
    }
  }
  return result;
}

} // namespace noctis
