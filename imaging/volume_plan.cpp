#include "imaging/volume.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace noctis {

namespace {

constexpr double same_place = 0.01;     // mm: nearer slices are duplicates
constexpr double equal_distance = 0.03; // share of the usual distance by which neighbours may differ
constexpr double whole_distance = 0.12; // share by which a gap may miss a multiple and still be missing slices
constexpr double visible_tilt = 0.25;   // degrees
constexpr double visible_shift = 0.25;  // pixels that a frame may lie off its place
constexpr double pi = 3.14159265358979323846;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string slices_text(size_t count) { return std::to_string(count) + (count == 1 ? " slice" : " slices"); }

caf::error bad(std::string reason) { return failure(errc::invalid_argument, std::move(reason)); }

bool is_localiser(const series_traits& traits) {
  return std::any_of(traits.image_type.begin(), traits.image_type.end(), [](const std::string& value) {
    return value == "LOCALIZER" || value == "SCOUT" || value == "TOPOGRAM";
  });
}

bool is_plane(const slice_geometry& g) {
  const auto finite = [](double value) { return std::isfinite(value); };
  return g.row_spacing > 0 && g.column_spacing > 0 && g.row_spacing < 100 && g.column_spacing < 100 &&
         std::all_of(g.position.begin(), g.position.end(), finite) && std::abs(length_of(g.row_direction) - 1) < 0.01 &&
         std::abs(length_of(g.column_direction) - 1) < 0.01 &&
         std::abs(dot(g.row_direction, g.column_direction)) < 0.01;
}

caf::error check_each(const std::vector<slice>& slices, const series_traits& traits) {
  for (const auto& each : slices) {
    if (!each.geometry) return bad("slice " + each.sop_instance_uid + " has no position, orientation or spacing");
    if (each.rows == 0 || each.columns == 0) return bad("slice " + each.sop_instance_uid + " has no rows or columns");
    if (each.rows != each.geometry->rows || each.columns != each.geometry->columns)
      return bad("slice " + each.sop_instance_uid + " and its geometry differ in size");
    if (!is_plane(*each.geometry))
      return bad("slice " + each.sop_instance_uid + " has an impossible orientation or spacing");
    if (traits.modality == "CT" && !each.rescaled)
      return bad("slice " + each.sop_instance_uid + " lacks Rescale Slope and Intercept: its values are not HU");
  }
  return caf::none;
}

/// Slices of one stack agree in size, spacing and orientation.
bool same_stack(const slice_geometry& a, const slice_geometry& b) {
  return a.rows == b.rows && a.columns == b.columns && distance_of(a.row_direction, b.row_direction) < 0.01 &&
         distance_of(a.column_direction, b.column_direction) < 0.01 &&
         std::abs(a.row_spacing - b.row_spacing) < 0.01 * b.row_spacing &&
         std::abs(a.column_spacing - b.column_spacing) < 0.01 * b.column_spacing;
}

caf::error choose_stack(const std::vector<slice>& slices, const volume_limits& limits, volume_plan& plan) {
  std::vector<std::vector<size_t>> stacks;
  for (size_t i = 0; i < slices.size(); ++i) {
    const auto mine = std::find_if(stacks.begin(), stacks.end(), [&](const auto& stack) {
      return same_stack(*slices[i].geometry, *slices[stack.front()].geometry);
    });
    if (mine != stacks.end())
      mine->push_back(i);
    else
      stacks.push_back({i});
  }
  const auto largest =
      std::max_element(stacks.begin(), stacks.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  plan.order = *largest;
  const auto foreign = slices.size() - plan.order.size();
  if (double(foreign) > limits.greatest_foreign_share * double(slices.size()))
    return bad("the series mixes " + std::to_string(stacks.size()) + " sizes or orientations");
  if (foreign > 0) plan.warnings.push_back(slices_text(foreign) + " of another size or orientation left out");
  return caf::none;
}

/// Sorts `plan.order` along the normal and drops what lies where another slice lies.
void sort_along_normal(const std::vector<slice>& slices, volume_plan& plan) {
  const auto& first = *slices[plan.order.front()].geometry;
  const auto normal = scaled(first.normal(), 1 / length_of(first.normal()));
  plan.axes = {first.row_direction, cross(normal, first.row_direction), normal};
  const auto depth = [&](size_t i) { return dot(slices[i].geometry->position, normal); };
  std::stable_sort(plan.order.begin(), plan.order.end(), [&](size_t a, size_t b) { return depth(a) < depth(b); });
  const auto given = plan.order.size();
  const auto last = std::unique(plan.order.begin(), plan.order.end(),
                                [&](size_t a, size_t b) { return depth(b) - depth(a) < same_place; });
  plan.order.erase(last, plan.order.end());
  if (plan.order.size() < given)
    plan.warnings.push_back(slices_text(given - plan.order.size()) + " at the place of another left out");
  for (const auto i : plan.order) plan.depths.push_back(depth(i) - depth(plan.order.front()));
}

/// Finds the usual distance, reports the others, and returns how many slices the grid has.
caf::expected<size_t> plan_distances(const volume_limits& limits, volume_plan& plan) {
  std::vector<double> steps(plan.depths.size() - 1);
  for (size_t i = 0; i < steps.size(); ++i) steps[i] = plan.depths[i + 1] - plan.depths[i];
  auto sorted = steps;
  std::nth_element(sorted.begin(), sorted.begin() + std::ptrdiff_t(sorted.size() / 2), sorted.end());
  const auto usual = sorted[sorted.size() / 2];
  const auto [least, greatest] = std::minmax_element(steps.begin(), steps.end());
  if (*greatest > limits.greatest_gap)
    return bad("a gap of " + number(*greatest) + " mm between slices is more than " + number(limits.greatest_gap) +
               " mm");
  size_t missing = 0;
  size_t unequal = 0;
  for (const auto step : steps) {
    const auto whole = std::round(step / usual);
    if (std::abs(step - usual) <= equal_distance * usual) continue;
    if (whole >= 2 && std::abs(step / usual - whole) < whole_distance)
      missing += size_t(whole) - 1;
    else
      ++unequal;
  }
  if (double(missing) > limits.greatest_missing_share * double(missing + plan.depths.size()))
    return bad(slices_text(missing) + " of " + std::to_string(missing + plan.depths.size()) + " are missing");
  if (missing > 0) plan.warnings.push_back(slices_text(missing) + " missing: interpolated from their neighbours");
  if (unequal > 0)
    plan.warnings.push_back("slices lie " + number(*least) + " to " + number(*greatest) + " mm apart: resampled to " +
                            number(usual) + " mm");
  plan.resampled = missing + unequal > 0;
  const auto whole_length = plan.depths.back();
  plan.spacing[2] = plan.resampled ? usual : whole_length / double(steps.size());
  return size_t(std::lround(std::floor(whole_length / plan.spacing[2] + 0.01))) + 1;
}

/// Works out how far each frame lies off the straight stack; even growth is the tilt of the gantry.
caf::error plan_shifts(const std::vector<slice>& slices, const volume_limits& limits, volume_plan& plan) {
  const auto& origin = slices[plan.order.front()].geometry->position;
  for (const auto i : plan.order) {
    const auto off = difference_of(slices[i].geometry->position, origin);
    plan.shifts.push_back({dot(off, plan.axes[0]), dot(off, plan.axes[1])});
  }
  const auto length = plan.depths.back();
  const std::array<double, 2> slope{plan.shifts.back()[0] / length, plan.shifts.back()[1] / length};
  double stray = 0;
  for (size_t i = 0; i < plan.shifts.size(); ++i)
    for (size_t axis = 0; axis < 2; ++axis)
      stray = std::max(stray, std::abs(plan.shifts[i][axis] - slope[axis] * plan.depths[i]) / plan.spacing[axis]);
  plan.tilt = std::atan(std::hypot(slope[0], slope[1])) * 180 / pi;
  if (plan.tilt > limits.greatest_tilt)
    return bad("the stack leans by " + number(plan.tilt) + "°, more than " + number(limits.greatest_tilt) + "°");
  if (stray > 20) return bad("the slices' positions lie on no line: one is " + number(stray) + " pixels off");
  const auto greatest_shift =
      std::max(std::abs(plan.shifts.back()[0]) / plan.spacing[0], std::abs(plan.shifts.back()[1]) / plan.spacing[1]);
  const bool tilted = plan.tilt >= visible_tilt && greatest_shift > visible_shift;
  if (!tilted) plan.tilt = 0;
  if (tilted) plan.warnings.push_back("gantry tilt of " + number(plan.tilt) + "° corrected by resampling");
  if (stray > visible_shift)
    plan.warnings.push_back("slices lie up to " + number(stray) + " pixels off a line: corrected by resampling");
  if (tilted || stray > visible_shift)
    plan.resampled = true;
  else
    plan.shifts.assign(plan.shifts.size(), {0, 0});
  return caf::none;
}

/// Enlarges the canvas so that every shifted frame fits, and moves the grid's origin to its corner.
void plan_canvas(const slice_geometry& first, volume_plan& plan) {
  plan.origin = first.position;
  const std::array<size_t, 2> stored{first.columns, first.rows};
  for (size_t axis = 0; axis < 2; ++axis) {
    double least = 0;
    double greatest = 0;
    for (const auto& shift : plan.shifts) {
      least = std::min(least, shift[axis]);
      greatest = std::max(greatest, shift[axis]);
    }
    const auto before = std::ceil(-least / plan.spacing[axis] - 1e-6);
    const auto after = std::ceil(greatest / plan.spacing[axis] - 1e-6);
    plan.size[axis] = stored[axis] + size_t(before) + size_t(after);
    plan.origin = sum_of(plan.origin, scaled(plan.axes[axis], -before * plan.spacing[axis]));
    for (auto& shift : plan.shifts) shift[axis] += before * plan.spacing[axis];
  }
}

} // namespace

caf::expected<volume_plan> plan_volume(const std::vector<slice>& slices, const series_traits& traits,
                                       const volume_limits& limits) {
  if (is_localiser(traits)) return bad("the series is a localiser");
  if (slices.size() < limits.least_slices)
    return bad("a volume needs " + std::to_string(limits.least_slices) + " slices, the series has " +
               std::to_string(slices.size()));
  if (slices.size() > limits.most_slices)
    return failure(errc::limit_exceeded, "the series has " + std::to_string(slices.size()) + " slices, more than " +
                                             std::to_string(limits.most_slices));
  if (auto error = check_each(slices, traits)) return error;
  volume_plan plan;
  if (auto error = choose_stack(slices, limits, plan)) return error;
  sort_along_normal(slices, plan);
  if (plan.order.size() < limits.least_slices)
    return bad("only " + slices_text(plan.order.size()) + " of the series lie at places of their own");
  const auto& first = *slices[plan.order.front()].geometry;
  plan.spacing = {first.column_spacing, first.row_spacing, 0};
  const auto count = plan_distances(limits, plan);
  if (!count) return count.error();
  if (auto error = plan_shifts(slices, limits, plan)) return error;
  plan.size[2] = *count;
  plan_canvas(first, plan);
  if (plan.bytes() > limits.most_bytes)
    return failure(errc::limit_exceeded, "the volume would take " + std::to_string(plan.bytes() >> 20) +
                                             " MiB, more than " + std::to_string(limits.most_bytes >> 20) + " MiB");
  return plan;
}

} // namespace noctis
