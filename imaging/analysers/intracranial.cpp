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
constexpr double bone_above = 400; // half way between fluid and skull
constexpr double least_brain_ml = 100;

/// Median and robust deviation of the smooth values well inside the mask.
void measure_tissue(intracranial_space& space) {
  const auto inner = eroded(space.mask, 12);
  std::vector<float> values;
  for (size_t i = 0; i < inner.voxels.size(); ++i)
    if (inner.voxels[i] != 0) values.push_back(space.smooth.voxels[i]);
  if (values.empty()) return;
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  space.tissue = *middle;
  for (auto& value : values) value = float(std::abs(value - space.tissue));
  std::nth_element(values.begin(), middle, values.end());
  space.noise = 1.4826 * *middle;
}

} // namespace

caf::expected<intracranial_space> find_intracranial_space(const volume& image, const run_control& control) {
  if (std::abs(image.axes[2][2]) < 0.6 || std::abs(image.axes[0][0]) < 0.8)
    return failure(errc::invalid_argument, "the slices are not axial");
  intracranial_space space;
  space.factors = factors_to(image, {working_mm, working_mm, 0});
  const auto blocks = reduced(image, space.factors);
  const grid<float> values{blocks.size, blocks.spacing, {blocks.voxels.begin(), blocks.voxels.end()}};
  space.smooth = smoothed(values, {smoothing_mm, smoothing_mm, 0});
  if (auto error = reached(control, 0.15)) return error;
  const auto soft = between(space.smooth, soft_from, soft_to);
  const auto core = largest_component(eroded(soft, separating_mm));
  if (auto error = reached(control, 0.35)) return error;
  space.mask = largest_component(intersection_of(dilated(core, separating_mm + 1), soft));
  // Smoothing moves bone inwards: its true edge is where the values themselves say so.
  space.mask = intersection_of(dilated(space.mask, 2 * smoothing_mm), between(values, -200, bone_above));
  space.mask = filled_slices(space.mask);
  const auto voxels = std::count(space.mask.voxels.begin(), space.mask.voxels.end(), 1);
  if (double(voxels) * space.mask.voxel_ml() < least_brain_ml) return failure(errc::invalid_argument, "no brain found");
  measure_tissue(space);
  if (auto error = reached(control, 0.5)) return error;
  return space;
}

} // namespace noctis
