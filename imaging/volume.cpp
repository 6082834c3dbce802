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

/// Hands out slices' values in the order of a plan, checked; the last two are kept.
class value_reader {
public:
  value_reader(const std::vector<slice>& headers, const slice_values& fetch) : headers_(headers), fetch_(fetch) {}

  /// Returns the values of the slice at `place`, nullptr where they cannot be had: `error` tells why.
  const std::vector<float>* values(size_t place) {
    for (const auto& each : held_)
      if (each.place == place && each.is_held) return &each.values;
    auto& entry = held_[next_];
    next_ = 1 - next_;
    auto fetched = fetch_(place);
    if (!fetched) {
      error_ = std::move(fetched.error());
      return nullptr;
    }
    entry = {true, place, std::move(*fetched)};
    error_ = check(headers_[place], entry.values);
    return error_ ? nullptr : &entry.values;
  }

  [[nodiscard]] const caf::error& error() const { return error_; }
  [[nodiscard]] size_t beyond() const { return beyond_; }

private:
  struct held_slice {
    bool is_held = false;
    size_t place = 0;
    std::vector<float> values;
  };

  /// Checks one slice's values and counts those that 16 bits cannot hold.
  caf::error check(const slice& each, const std::vector<float>& values) {
    if (values.size() != size_t{each.rows} * each.columns)
      return failure(errc::invalid_argument,
                     "slice " + each.sop_instance_uid + " has " + std::to_string(values.size()) + " values for " +
                         std::to_string(each.rows) + " × " + std::to_string(each.columns) + " pixels");
    for (const auto value : values) {
      if (!std::isfinite(value))
        return failure(errc::invalid_argument, "slice " + each.sop_instance_uid + " has a value that is no number");
      beyond_ += size_t(value < least || value > greatest);
    }
    return caf::none;
  }

  const std::vector<slice>& headers_;
  const slice_values& fetch_;
  std::array<held_slice, 2> held_;
  size_t next_ = 0;
  size_t beyond_ = 0;
  caf::error error_;
};

/// A frame's row as seen by the grid: bilinear between its pixels, `outside_value` off its edge.
class shifted_frame {
public:
  shifted_frame(const slice& source, const std::vector<float>& values, const std::array<double, 2>& shift,
                const vector3& spacing)
      : source_(source), values_(values), column_(-shift[0] / spacing[0]), row_(-shift[1] / spacing[1]) {}

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
    return values_[size_t(y) * source_.columns + size_t(x)];
  }

  const slice& source_;
  const std::vector<float>& values_;
  double column_;
  double row_;
};

caf::error copy_slices(value_reader& reader, const volume_plan& plan, volume& result) {
  auto* out = result.voxels.data();
  for (const auto i : plan.order) {
    const auto* values = reader.values(i);
    if (values == nullptr) return reader.error();
    out = std::transform(values->begin(), values->end(), out, clamped);
  }
  return caf::none;
}

caf::error resample_slices(const std::vector<slice>& slices, value_reader& reader, const volume_plan& plan,
                           volume& result) {
  std::vector<float> sums(plan.size[0]);
  for (size_t k = 0; k < plan.size[2]; ++k) {
    const double depth = double(k) * plan.spacing[2];
    const auto next = std::lower_bound(plan.depths.begin() + 1, plan.depths.end() - 1, depth);
    const auto upper = size_t(next - plan.depths.begin());
    const auto share =
        std::clamp((depth - plan.depths[upper - 1]) / (plan.depths[upper] - plan.depths[upper - 1]), 0.0, 1.0);
    const auto lower_place = plan.order[upper - 1];
    const auto upper_place = plan.order[upper];
    const auto* lower_values = reader.values(lower_place);
    const auto* upper_values = lower_values != nullptr ? reader.values(upper_place) : nullptr;
    if (upper_values == nullptr) return reader.error();
    const shifted_frame below{slices[lower_place], *lower_values, plan.shifts[upper - 1], plan.spacing};
    const shifted_frame above{slices[upper_place], *upper_values, plan.shifts[upper], plan.spacing};
    for (size_t j = 0; j < plan.size[1]; ++j) {
      std::fill(sums.begin(), sums.end(), 0.0F);
      if (share < 1) below.add_row(j, float(1 - share), sums);
      if (share > 0) above.add_row(j, float(share), sums);
      std::transform(sums.begin(), sums.end(), result.voxels.begin() + std::ptrdiff_t(result.index_of(0, j, k)),
                     clamped);
    }
  }
  return caf::none;
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

caf::expected<volume> volume_of(const std::vector<slice>& headers, const series_traits& traits,
                                const volume_limits& limits, const slice_values& fetch) {
  auto plan = plan_volume(headers, traits, limits);
  if (!plan) return plan.error();
  volume result;
  result.size = plan->size;
  result.spacing = plan->spacing;
  result.origin = plan->origin;
  result.axes = plan->axes;
  result.resampled = plan->resampled;
  result.tilt = plan->tilt;
  result.warnings = plan->warnings;
  for (const auto i : plan->order)
    result.frames.push_back({headers[i].sop_instance_uid, headers[i].frame, *headers[i].geometry});
  result.voxels.resize(plan->bytes() / sizeof(int16_t));
  value_reader reader{headers, fetch};
  auto error = plan->resampled ? resample_slices(headers, reader, *plan, result) : copy_slices(reader, *plan, result);
  if (error) return error;
  if (reader.beyond() > 0)
    result.warnings.push_back(std::to_string(reader.beyond()) + " values beyond 16 bits clamped");
  return result;
}

caf::expected<volume> volume_of(const std::vector<slice>& slices, const series_traits& traits,
                                const volume_limits& limits) {
  return volume_of(slices, traits, limits,
                   [&](size_t place) -> caf::expected<std::vector<float>> { return slices[place].values; });
}

} // namespace noctis
