#include "imaging/analysers/airways.hpp"

#include "imaging/regions.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace noctis {

namespace {

constexpr double least_area = 50;     // mm²
constexpr double greatest_area = 900; // mm²
constexpr double lumen_below = -800;  // mean HU

/// The parts of the air in one slice.
components parts_of(const mask_grid& air, size_t k) {
  mask_grid one{{air.size[0], air.size[1], 1}, air.spacing, {}};
  const auto first = air.voxels.begin() + std::ptrdiff_t(k * air.slice_size());
  one.voxels.assign(first, first + std::ptrdiff_t(air.slice_size()));
  return components_of(one);
}

double mean_of(const grid<int16_t>& values, size_t k, const components& parts, uint32_t label) {
  double sum = 0;
  double count = 0;
  for (size_t i = 0; i < parts.labels.voxels.size(); ++i) {
    if (parts.labels.voxels[i] != label) continue;
    sum += values.voxels[k * values.slice_size() + i];
    ++count;
  }
  return sum / std::max(count, 1.0);
}

class airway_tracker {
public:
  airway_tracker(const grid<int16_t>& values, const mask_grid& air)
      : values_(values), air_(air), pixel_(air.spacing[0] * air.spacing[1]), found_(shaped_like<uint8_t>(air)) {}

  /// Looks for the trachea in slice `k`.
  bool begin(size_t k) {
    const auto parts = parts_of(air_, k);
    for (const auto& part : parts.list) {
      const auto area = double(part.voxels) * pixel_;
      const auto width = double(part.upper[0] - part.lower[0] + 1) * air_.spacing[0];
      const auto height = double(part.upper[1] - part.lower[1] + 1) * air_.spacing[1];
      const auto off_centre = std::abs(part.centre[0] - double(air_.size[0]) / 2) * air_.spacing[0];
      const bool round = width < 2.2 * height && height < 2.2 * width && area > 0.45 * width * height;
      if (area < least_area || area > greatest_area || !round || off_centre > 40) continue;
      if (mean_of(values_, k, parts, part.label) > lumen_below) continue;
      take(parts, {part.label}, k);
      area_ = area;
      return true;
    }
    return false;
  }

  /// Follows it from slice `from` to slice `to`; false where it ends or opens into a lung.
  bool follow(size_t from, size_t to) {
    const auto parts = parts_of(air_, to);
    std::set<uint32_t> touching;
    for (size_t i = 0; i < parts.labels.voxels.size(); ++i)
      if (found_.voxels[from * air_.slice_size() + i] != 0 && parts.labels.voxels[i] != 0)
        touching.insert(parts.labels.voxels[i]);
    std::set<uint32_t> lumen;
    double area = 0;
    for (const auto& part : parts.list) {
      if (touching.count(part.label) == 0 || double(part.voxels) * pixel_ > 1.5 * area_ + 30) continue;
      lumen.insert(part.label);
      area += double(part.voxels) * pixel_;
    }
    if (lumen.empty() || area > greatest_area) return false;
    take(parts, lumen, to);
    area_ = std::max(area, least_area);
    return true;
  }

  /// Returns the lumen and a voxel of wall around it in each slice.
  [[nodiscard]] mask_grid result() const { return dilated(found_, 1.01 * air_.spacing[0]); }

private:
  void take(const components& parts, const std::set<uint32_t>& labels, size_t k) {
    for (size_t i = 0; i < parts.labels.voxels.size(); ++i)
      if (labels.count(parts.labels.voxels[i]) != 0) found_.voxels[k * air_.slice_size() + i] = 1;
  }

  const grid<int16_t>& values_;
  const mask_grid& air_;
  double pixel_;
  mask_grid found_;
  double area_ = 0;
};

} // namespace

mask_grid find_airways(const grid<int16_t>& values, const mask_grid& air, bool head_last) {
  airway_tracker tracker{values, air};
  const auto slices = air.size[2];
  const auto slice = [&](size_t n) { return head_last ? slices - 1 - n : n; };
  size_t n = 0;
  while (n < slices / 2 && !tracker.begin(slice(n))) ++n;
  if (n == slices / 2) return shaped_like<uint8_t>(air);
  while (n + 1 < slices && tracker.follow(slice(n), slice(n + 1))) ++n;
  return tracker.result();
}

} // namespace noctis
