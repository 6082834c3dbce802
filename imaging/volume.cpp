#include "imaging/volume.hpp"

#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace noctis {

namespace {

constexpr float outside_value = -1024; // air, where no slice reaches
constexpr float least = std::numeric_limits<int16_t>::min();
constexpr float greatest = std::numeric_limits<int16_t>::max();

int16_t clamped(float value) { return int16_t(std::lround(std::clamp(value, least, greatest))); }

/// Checks one slice's values and counts those that 16 bits cannot hold.
caf::error check_values(const slice& each, size_t& beyond) {
  if (each.values.size() != size_t{each.rows} * each.columns)
    return failure(errc::invalid_argument,
                   "slice " + each.sop_instance_uid + " has " + std::to_string(each.values.size()) + " values for " +
                       std::to_string(each.rows) + " × " + std::to_string(each.columns) + " pixels");
  for (const auto value : each.values) {
    if (!std::isfinite(value))
      return failure(errc::invalid_argument, "slice " + each.sop_instance_uid + " has a value that is no number");
    beyond += size_t(value < least || value > greatest);
  }
  return caf::none;
}

/// A frame's row as seen by the grid: bilinear between its pixels, `outside_value` off its edge.
class shifted_frame {
public:
  shifted_frame(const slice& source, const std::array<double, 2>& shift, const vector3& spacing)
      : source_(source), column_(-shift[0] / spacing[0]), row_(-shift[1] / spacing[1]) {}

  /// Adds weight × row `j` of the grid to `sums`.
  void add_row(size_t j, float weight, std::vector<float>& sums) const {
    const double y = double(j) + row_;
    const auto above = std::floor(y);
    const auto fy = float(y - above);
    const auto before = std::floor(column_);
    const auto fx = float(column_ - before);
    for (size_t i = 0; i < sums.size(); ++i) {
      const auto x = std::ptrdiff_t(i) + std::ptrdiff_t(before);
      const auto upper = value(x, std::ptrdiff_t(above)) * (1 - fx) + value(x + 1, std::ptrdiff_t(above)) * fx;
      const auto lower = value(x, std::ptrdiff_t(above) + 1) * (1 - fx) + value(x + 1, std::ptrdiff_t(above) + 1) * fx;
      sums[i] += weight * (upper * (1 - fy) + lower * fy);
    }
  }

private:
  [[nodiscard]] float value(std::ptrdiff_t x, std::ptrdiff_t y) const {
    if (x < 0 || y < 0 || x >= std::ptrdiff_t(source_.columns) || y >= std::ptrdiff_t(source_.rows))
      return outside_value;
    return source_.values[size_t(y) * source_.columns + size_t(x)];
  }

  const slice& source_;
  double column_;
  double row_;
};

void copy_slices(const std::vector<slice>& slices, const volume_plan& plan, volume& result) {
  auto* out = result.voxels.data();
  for (const auto i : plan.order) out = std::transform(slices[i].values.begin(), slices[i].values.end(), out, clamped);
}

void resample_slices(const std::vector<slice>& slices, const volume_plan& plan, volume& result) {
  std::vector<float> sums(plan.size[0]);
  for (size_t k = 0; k < plan.size[2]; ++k) {
    const double depth = double(k) * plan.spacing[2];
    const auto next = std::lower_bound(plan.depths.begin() + 1, plan.depths.end() - 1, depth);
    const auto upper = size_t(next - plan.depths.begin());
    const auto share =
        std::clamp((depth - plan.depths[upper - 1]) / (plan.depths[upper] - plan.depths[upper - 1]), 0.0, 1.0);
    const shifted_frame below{slices[plan.order[upper - 1]], plan.shifts[upper - 1], plan.spacing};
    const shifted_frame above{slices[plan.order[upper]], plan.shifts[upper], plan.spacing};
    for (size_t j = 0; j < plan.size[1]; ++j) {
      std::fill(sums.begin(), sums.end(), 0.0F);
      if (share < 1) below.add_row(j, float(1 - share), sums);
      if (share > 0) above.add_row(j, float(share), sums);
      std::transform(sums.begin(), sums.end(), result.voxels.begin() + std::ptrdiff_t(result.index_of(0, j, k)),
                     clamped);
    }
  }
}

} // namespace

vector3 volume::point_of(double i, double j, double k) const {
  auto point = sum_of(origin, scaled(axes[0], i * spacing[0]));
  point = sum_of(point, scaled(axes[1], j * spacing[1]));
  return sum_of(point, scaled(axes[2], k * spacing[2]));
}

vector3 volume::coordinates_of(const vector3& point) const {
  const auto off = difference_of(point, origin);
  return {dot(off, axes[0]) / spacing[0], dot(off, axes[1]) / spacing[1], dot(off, axes[2]) / spacing[2]};
}

caf::expected<volume> volume_of(const std::vector<slice>& slices, const series_traits& traits,
                                const volume_limits& limits) {
  auto plan = plan_volume(slices, traits, limits);
  if (!plan) return plan.error();
  size_t beyond = 0;
  for (const auto i : plan->order)
    if (auto error = check_values(slices[i], beyond)) return error;
  volume result;
  result.size = plan->size;
  result.spacing = plan->spacing;
  result.origin = plan->origin;
  result.axes = plan->axes;
  result.resampled = plan->resampled;
  result.tilt = plan->tilt;
  result.warnings = plan->warnings;
  if (beyond > 0) result.warnings.push_back(std::to_string(beyond) + " values beyond 16 bits clamped");
  for (const auto i : plan->order)
    result.frames.push_back({slices[i].sop_instance_uid, slices[i].frame, *slices[i].geometry});
  result.voxels.resize(plan->bytes() / sizeof(int16_t));
  if (plan->resampled)
    resample_slices(slices, *plan, result);
  else
    copy_slices(slices, *plan, result);
  return result;
}

} // namespace noctis
