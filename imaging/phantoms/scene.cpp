#include "imaging/phantoms/scene.hpp"

#include "imaging/phantoms/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace noctis {

namespace {

constexpr float air = -1000;
constexpr double pi = 3.14159265358979323846;
constexpr int samples = 4; // of a voxel along each axis, where a surface passes

/// The part of a pixel's slab that a shape covers, 0 to 1.
float coverage(const scene_shape& shape, const slice_geometry& g, const vector3& centre, double thickness) {
  const auto depth = shape.depth_of(centre);
  if (shape.sharp) return depth > 0 ? 1.0F : 0.0F;
  const auto half_diagonal =
      std::sqrt(g.column_spacing * g.column_spacing + g.row_spacing * g.row_spacing + thickness * thickness) / 2;
  if (depth > half_diagonal) return 1;
  if (depth < -half_diagonal) return 0;
  const auto normal = g.normal();
  const auto offset = [](int i) { return (i + 0.5) / samples - 0.5; };
  int inside = 0;
  for (int a = 0; a < samples; ++a)
    for (int b = 0; b < samples; ++b)
      for (int c = 0; c < samples; ++c) {
        auto point = sum_of(centre, scaled(g.row_direction, offset(a) * g.column_spacing));
        point = sum_of(point, scaled(g.column_direction, offset(b) * g.row_spacing));
        inside += int(shape.depth_of(sum_of(point, scaled(normal, offset(c) * thickness))) > 0);
      }
  return float(inside) / (samples * samples * samples);
}

/// Returns the pixels along one axis that a shape may touch, as [first, last).
std::array<size_t, 2> touched(double middle, double reach, double spacing, size_t count) {
  const auto first = std::floor((middle - reach) / spacing);
  const auto last = std::ceil((middle + reach) / spacing) + 1;
  const auto most = double(count);
  return {size_t(std::clamp(first, 0.0, most)), size_t(std::clamp(last, 0.0, most))};
}

void paint(const scene_shape& shape, const slice_geometry& g, double thickness, std::vector<float>& values) {
  const auto off = difference_of(shape.middle(), g.position);
  const auto normal = g.normal();
  if (std::abs(dot(off, normal)) > shape.reach(normal) + thickness) return;
  const auto columns = touched(dot(off, g.row_direction), shape.reach(g.row_direction), g.column_spacing, g.columns);
  const auto rows = touched(dot(off, g.column_direction), shape.reach(g.column_direction), g.row_spacing, g.rows);
  for (auto row = rows[0]; row < rows[1]; ++row)
    for (auto column = columns[0]; column < columns[1]; ++column) {
      const auto share = coverage(shape, g, g.point_of(double(column), double(row)), thickness);
      auto& value = values[row * g.columns + column];
      value += share * (shape.hu - value);
    }
}

slice_geometry geometry_of(const scan_options& options, uint32_t k) {
  const auto angle = options.tilt * pi / 180;
  slice_geometry g{options.columns, options.columns, options.pixel_mm, options.pixel_mm, {}, {1, 0, 0}, {}};
  g.column_direction = {0, std::cos(angle), std::sin(angle)};
  const auto half = (options.columns - 1) / 2.0 * options.pixel_mm;
  const vector3 centre{0, 0, (k - (options.slices - 1) / 2.0) * options.slice_mm};
  g.position = sum_of(centre, sum_of(scaled(g.row_direction, -half), scaled(g.column_direction, -half)));
  return g;
}

void distort(const scan_options& options, uint32_t k, std::vector<float>& values) {
  phantom_random random{options.seed * 1000003 + k};
  const auto half = (options.columns - 1) / 2.0;
  for (size_t i = 0; i < values.size(); ++i) {
    const auto x = (double(i % options.columns) - half) / half;
    const size_t row = i / options.columns;
    const auto y = (double(row) - half) / half;
    auto value = double(values[i]) + options.offset - options.cupping * std::max(0.0, 1 - x * x - y * y);
    if (options.noise > 0) value += options.noise * random.normal();
    values[i] = float(std::round(std::clamp(value, -1024.0, 3071.0)));
  }
}

} // namespace

vector3 scene_shape::middle() const { return kind == solid::capsule ? scaled(sum_of(centre, end), 0.5) : centre; }

double scene_shape::depth_of(const vector3& point) const {
  if (kind == solid::capsule) {
    const auto axis = difference_of(end, centre);
    const auto off = difference_of(point, centre);
    const auto along = std::clamp(dot(off, axis) / std::max(dot(axis, axis), 1e-9), 0.0, 1.0);
    return radii[0] - distance_of(off, scaled(axis, along));
  }
  auto off = difference_of(point, centre);
  const auto from_end = kind == solid::cylinder ? radii[2] - std::abs(off[2]) : 1e9;
  if (kind == solid::cylinder) off[2] = 0;
  const vector3 unit{off[0] / radii[0], off[1] / radii[1], off[2] / radii[2]};
  const auto k0 = length_of(unit);
  const auto k1 = length_of({unit[0] / radii[0], unit[1] / radii[1], unit[2] / radii[2]});
  const auto least = std::min({radii[0], radii[1], kind == solid::cylinder ? radii[0] : radii[2]});
  const auto depth = k1 > 1e-9 ? k0 * (1 - k0) / k1 : least;
  return std::min(depth, from_end);
}

double scene_shape::reach(const vector3& d) const {
  if (kind == solid::capsule) return std::abs(dot(difference_of(end, centre), d)) / 2 + radii[0];
  if (kind == solid::cylinder) return std::hypot(radii[0] * d[0], radii[1] * d[1]) + radii[2] * std::abs(d[2]);
  return length_of({radii[0] * d[0], radii[1] * d[1], radii[2] * d[2]});
}

double scene_shape::volume_ml() const {
  const auto r = radii;
  if (kind == solid::ellipsoid) return 4.0 / 3 * pi * r[0] * r[1] * r[2] / 1000;
  if (kind == solid::cylinder) return pi * r[0] * r[1] * 2 * r[2] / 1000;
  return (pi * r[0] * r[0] * distance_of(centre, end) + 4.0 / 3 * pi * r[0] * r[0] * r[0]) / 1000;
}

std::vector<slice> scan(const std::vector<scene_shape>& scene, const scan_options& options) {
  std::vector<slice> slices;
  for (uint32_t k = 0; k < options.slices; ++k) {
    if (std::find(options.missing.begin(), options.missing.end(), k) != options.missing.end()) continue;
    slice each;
    each.sop_instance_uid = "2.25." + std::to_string(options.seed * 100000 + k + 1);
    each.geometry = geometry_of(options, k);
    each.rows = each.columns = options.columns;
    each.rescaled = true;
    each.values.assign(each.geometry->pixels(), air);
    const auto thickness = options.slice_mm * std::cos(options.tilt * pi / 180);
    for (const auto& shape : scene) paint(shape, *each.geometry, thickness, each.values);
    distort(options, k, each.values);
    slices.push_back(std::move(each));
  }
  return slices;
}

} // namespace noctis
