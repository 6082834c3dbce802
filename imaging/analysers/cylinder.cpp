#include "imaging/analysers/cylinder.hpp"

#include "imaging/regions.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double body_above = -300;  // HU
constexpr double rod_contrast = 40;  // HU
constexpr double least_radius = 30;  // mm
constexpr double inner_share = 0.92; // of the radius: within the shell
constexpr double smoothing_mm = 1.5;

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

mask_grid slice_mask(const volume& image, size_t k, double above) {
  mask_grid mask{{image.size[0], image.size[1], 1}, image.spacing, {}};
  const auto* v = image.voxels.data() + image.index_of(0, 0, k);
  mask.voxels.resize(mask.slice_size());
  for (size_t i = 0; i < mask.voxels.size(); ++i) mask.voxels[i] = uint8_t(v[i] > above);
  return mask;
}

/// Returns the circle of a part's area; none where the part is not round.
caf::optional<circle> circle_of(const component& part, const vector3& spacing) {
  const auto width = double(part.upper[0] - part.lower[0] + 1) * spacing[0];
  const auto height = double(part.upper[1] - part.lower[1] + 1) * spacing[1];
  const auto area = double(part.voxels) * spacing[0] * spacing[1];
  const auto slack = 0.06 + 2 * spacing[0] / std::max(width, height);
  if (std::abs(width / height - 1) > slack || std::abs(area / (width * height) / (pi / 4) - 1) > slack)
    return caf::none;
  return circle{part.centre[0], part.centre[1], std::sqrt(area / pi)};
}

bool is_within(const circle& field, const vector3& spacing, double column, double row, double share) {
  return std::hypot((column - field.column) * spacing[0], (row - field.row) * spacing[1]) <= share * field.radius;
}

/// Marks what differs from the filling inside the cylinder.
mask_grid different(const volume& image, const phantom_cylinder& cylinder, double filling) {
  const auto smooth = smoothed(real_values(image), {smoothing_mm, smoothing_mm, 0});
  auto mask = shaped_like<uint8_t>(smooth);
  for (const auto k : cylinder.slices)
    for (size_t j = 0; j < image.size[1]; ++j)
      for (size_t i = 0; i < image.size[0]; ++i) {
        if (!is_within(cylinder.outline, image.spacing, double(i), double(j), inner_share)) continue;
        const auto place = image.index_of(i, j, k);
        mask.voxels[place] = uint8_t(std::abs(smooth.voxels[place] - filling) >= rod_contrast);
      }
  return mask;
}

/// Returns a part's outline in its middle slice.
caf::optional<circle> outline_in(const components& parts, const component& part) {
  const auto middle = (part.lower[2] + part.upper[2]) / 2;
  component flat{part.label, 0, parts.labels.size, {}, {}};
  for (auto j = part.lower[1]; j <= part.upper[1]; ++j)
    for (auto i = part.lower[0]; i <= part.upper[0]; ++i) {
      if (parts.labels.voxels[parts.labels.index_of(i, j, middle)] != part.label) continue;
      ++flat.voxels;
      flat.centre = sum_of(flat.centre, {double(i), double(j), 0});
      flat.lower = {std::min(flat.lower[0], i), std::min(flat.lower[1], j), 0};
      flat.upper = {std::max(flat.upper[0], i), std::max(flat.upper[1], j), 0};
    }
  if (flat.voxels == 0) return caf::none;
  flat.centre = scaled(flat.centre, 1 / double(flat.voxels));
  return circle_of(flat, parts.labels.spacing);
}

} // namespace

caf::optional<phantom_cylinder> find_cylinder(const volume& image) {
  std::vector<circle> circles;
  phantom_cylinder cylinder;
  for (size_t k = 0; k < image.size[2]; ++k) {
    const auto body = filled_slices(largest_component(slice_mask(image, k, body_above)));
    const auto parts = components_of(body);
    if (parts.list.empty()) continue;
    const auto outline = circle_of(parts.list.front(), image.spacing);
    if (!outline || outline->radius < least_radius) continue;
    circles.push_back(*outline);
    cylinder.slices.push_back(k);
  }
  if (circles.empty()) return caf::none;
  const auto median = [&](double circle::*value) {
    std::vector<double> values;
    values.reserve(circles.size());
    for (const auto& each : circles) values.push_back(each.*value);
    return median_of(std::move(values));
  };
  cylinder.outline = {median(&circle::column), median(&circle::row), median(&circle::radius)};
  return cylinder;
}

std::vector<phantom_rod> find_rods(const volume& image, const phantom_cylinder& cylinder, double filling) {
  const auto parts = components_of(different(image, cylinder, filling));
  std::vector<phantom_rod> rods;
  for (const auto& part : parts.list) {
    const auto outline = outline_in(parts, part);
    if (!outline || outline->radius < 2.5 || outline->radius > 25) continue;
    phantom_rod rod{*outline, part.lower[2], part.upper[2]};
    if (rod.last - rod.first >= 4) {
      ++rod.first;
      --rod.last;
    }
    rods.push_back(rod);
  }
  return rods;
}

field_statistics measure_field(const volume& image, const circle& field, const std::vector<size_t>& slices) {
  field_statistics result;
  const auto reach = std::ceil(field.radius / std::min(image.spacing[0], image.spacing[1]));
  const auto begin = [&](double centre) { return size_t(std::max(centre - reach, 0.0)); };
  const auto end = [&](double centre, size_t size) {
    return size_t(std::clamp(centre + reach + 1, 0.0, double(size)));
  };
  double deviations = 0;
  for (const auto k : slices) {
    double sum = 0;
    double squares = 0;
    size_t count = 0;
    for (auto j = begin(field.row); j < end(field.row, image.size[1]); ++j)
      for (auto i = begin(field.column); i < end(field.column, image.size[0]); ++i) {
        if (!is_within(field, image.spacing, double(i), double(j), 1)) continue;
        const double value = image.voxels[image.index_of(i, j, k)];
        sum += value;
        squares += value * value;
        ++count;
      }
    if (count == 0) continue;
    result.mean += sum;
    result.voxels += count;
    const auto mean = sum / double(count);
    deviations += std::sqrt(std::max(squares / double(count) - mean * mean, 0.0));
  }
  if (result.voxels == 0) return result;
  result.mean /= double(result.voxels);
  result.deviation = deviations / double(slices.size());
  return result;
}

} // namespace noctis
