#include "imaging/analysers/intracranial.hpp"

#include "imaging/regions.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace noctis {

namespace {

constexpr double soft_from = -15; // HU
constexpr double soft_to = 130;
constexpr double separating_mm = 5; // breaks the links through the skull's openings
constexpr double smoothing_mm = 1;
constexpr double working_mm = 1;
constexpr double bone_above = 400;    // half way between fluid and skull
constexpr double calcium_above = 130; // blood is less dense
constexpr double partial_mm = 3;      // that a scanner's blur and beam hardening reach from bone within a slice
constexpr double least_brain_ml = 100;
constexpr double foramen_mm2 = 1500;      // a greater section lies above the foramen magnum, of 700 to 1,000 mm²
constexpr double least_tissue_mm2 = 2000; // of a slice whose own density is trusted
constexpr double tissue_depth_mm = 6;     // from the skull
constexpr double greatest_hardening = 15; // HU by which beam hardening may raise or lower a slice

/// Takes the slices from the feet's end away whose section is that of a spinal canal.
void cut_at_foramen(const volume& image, mask_grid& mask) {
  const auto pixel = mask.spacing[0] * mask.spacing[1];
  const bool upwards = image.axes[2][2] > 0;
  for (size_t n = 0; n < mask.size[2]; ++n) {
    const auto k = upwards ? n : mask.size[2] - 1 - n;
    const auto first = mask.voxels.begin() + std::ptrdiff_t(k * mask.slice_size());
    const auto last = first + std::ptrdiff_t(mask.slice_size());
    if (double(std::count(first, last, 1)) * pixel >= foramen_mm2) return;
    std::fill(first, last, uint8_t{0});
  }
}

/// Returns for each slice of the grid how thick the stored slices about it are: as far as they lie apart, at least.
std::vector<double> thickness_of(const volume& image, const series_traits& traits) {
  std::vector<double> depths;
  for (const auto& each : image.frames)
    depths.push_back(dot(difference_of(each.geometry.position, image.frames.front().geometry.position), image.axes[2]));
  std::vector<double> result(image.size[2], traits.slice_thickness.value_or(0));
  for (size_t k = 0; k < result.size(); ++k) {
    const auto depth = double(k) * image.spacing[2];
    for (size_t n = 0; n + 1 < depths.size(); ++n)
      if (depths[n] <= depth + image.spacing[2] && depths[n + 1] >= depth - image.spacing[2])
        result[k] = std::max(result[k], depths[n + 1] - depths[n]);
  }
  return result;
}

/// Returns what calcium may have raised: beside it within the slices, and a slice's thickness above and below it.
mask_grid partial_of(const mask_grid& calcium, const std::vector<double>& thickness) {
  auto reached = calcium;
  for (size_t k = 0; k < calcium.size[2]; ++k) {
    const auto reach = std::ptrdiff_t(std::ceil(thickness[k] / calcium.spacing[2] - 0.1));
    for (auto other = std::ptrdiff_t(k) - reach; other <= std::ptrdiff_t(k) + reach; ++other) {
      if (other < 0 || other >= std::ptrdiff_t(calcium.size[2])) continue;
      const auto* from = calcium.voxels.data() + size_t(other) * calcium.slice_size();
      auto* to = reached.voxels.data() + k * calcium.slice_size();
      for (size_t i = 0; i < calcium.slice_size(); ++i) to[i] = uint8_t(to[i] | from[i]);
    }
  }
  return dilated(reached, partial_mm);
}

float median_of(std::vector<float>& values) {
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Median and robust deviation of the smooth values well inside the mask.
void measure_tissue(intracranial_space& space) {
  std::vector<float> values;
  for (size_t i = 0; i < space.mask.voxels.size(); ++i)
    if (space.depth.voxels[i] > 12) values.push_back(space.smooth.voxels[i]);
  if (values.empty()) return;
  space.tissue = median_of(values);
  for (auto& value : values) value = float(std::abs(value - space.tissue));
  space.noise = 1.4826 * median_of(values);
}

/// The density of each slice's tissue away from bone; that of the whole where a slice shows too little of it.
void measure_slices(intracranial_space& space) {
  const auto& mask = space.mask;
  const auto least = size_t(least_tissue_mm2 / (mask.spacing[0] * mask.spacing[1]));
  space.slices.assign(mask.size[2], {space.tissue, space.noise});
  for (size_t k = 0; k < mask.size[2]; ++k) {
    std::vector<float> values;
    for (auto i = k * mask.slice_size(); i < (k + 1) * mask.slice_size(); ++i)
      if (space.depth.voxels[i] > tissue_depth_mm && space.partial.voxels[i] == 0)
        values.push_back(space.smooth.voxels[i]);
    if (values.size() < least) continue;
    const auto level = median_of(values);
    values.erase(std::remove_if(values.begin(), values.end(), [level](float value) { return value < level; }),
                 values.end());
    for (auto& value : values) value -= level;
    space.slices[k].level =
        std::clamp(double(level), space.tissue - greatest_hardening, space.tissue + greatest_hardening);
    space.slices[k].noise = 1.4826 * median_of(values);
  }
}

} // namespace

caf::expected<intracranial_space> find_intracranial_space(const volume& image, const series_traits& traits,
                                                          const run_control& control) {
  if (std::abs(image.axes[2][2]) < 0.6 || std::abs(image.axes[0][0]) < 0.8)
    return failure(errc::invalid_argument, "the slices are not axial");
  intracranial_space space;
  space.factors = factors_to(image, {working_mm, working_mm, 0});
  const auto blocks = reduced(image, space.factors);
  const grid<float> values{blocks.size, blocks.spacing, {blocks.voxels.begin(), blocks.voxels.end()}};
  space.smooth = smoothed(values, {smoothing_mm, smoothing_mm, 0});
  if (auto error = reached(control, 0.1)) return error;
  const auto soft = between(space.smooth, soft_from, soft_to);
  const auto core = largest_component(eroded(soft, separating_mm));
  if (auto error = reached(control, 0.25)) return error;
  space.mask = largest_component(intersection_of(dilated(core, separating_mm + 1), soft));
  // Smoothing moves bone inwards: its true edge is where the values themselves say so.
  space.mask = intersection_of(dilated(space.mask, 2 * smoothing_mm), between(values, -200, bone_above));
  space.mask = filled_slices(space.mask);
  cut_at_foramen(image, space.mask);
  const auto voxels = std::count(space.mask.voxels.begin(), space.mask.voxels.end(), 1);
  if (double(voxels) * space.mask.voxel_ml() < least_brain_ml) return failure(errc::invalid_argument, "no brain found");
  if (auto error = reached(control, 0.35)) return error;
  space.depth = depth_in(space.mask);
  space.calcium = between(values, calcium_above, 32767);
  space.partial = partial_of(space.calcium, thickness_of(image, traits));
  measure_tissue(space);
  measure_slices(space);
  if (auto error = reached(control, 0.5)) return error;
  return space;
}

} // namespace noctis
