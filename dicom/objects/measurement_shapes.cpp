#include "dicom/objects/measurement_shapes.hpp"

#include <cstddef>
#include <numeric>

namespace noctis {

namespace {

/// The points from `first` on, `count` of them.
shape_points part(const shape_points& points, size_t first, size_t count) {
  const auto begin = points.begin() + static_cast<std::ptrdiff_t>(first);
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

shape_points closed(shape_points points) {
  points.push_back(points.front());
  return points;
}

bool is_of_pairs(const std::string& kind) {
  return kind == "bidirectional" || kind == "cobb_angle" || kind == "cardiothoracic_ratio";
}

} // namespace

bool is_area(const std::string& kind) { return kind == "ellipse" || kind == "rectangle" || kind == "freehand"; }

std::vector<shape> shapes_of(const annotation& what) {
  const auto& points = what.points;
  if (points.empty()) return {};
  if (what.kind == "ellipse") return {{shape::form::ellipse, points}};
  if (is_area(what.kind)) return {{shape::form::region, closed(points)}};
  if (points.size() == 1) return {{shape::form::point, points}};
  if (!is_of_pairs(what.kind)) return {{shape::form::line, points}};
  std::vector<shape> result;
  for (size_t i = 0; i + 1 < points.size(); i += 2) result.push_back({shape::form::line, part(points, i, 2)});
  return result;
}

std::vector<size_t> shapes_behind(const annotation& what, const std::string& measurement) {
  if (measurement == "long_axis") return {0};
  if (measurement == "short_axis" && what.kind == "bidirectional") return {1};
  std::vector<size_t> all(is_of_pairs(what.kind) ? what.points.size() / 2 : 1);
  std::iota(all.begin(), all.end(), size_t{0});
  return all;
}

shape_points points_of(const std::string& kind, const std::vector<shape_points>& shapes) {
  shape_points result;
  for (const auto& one : shapes) result.insert(result.end(), one.begin(), one.end());
  if (is_area(kind) && kind != "ellipse" && result.size() > 1) result.pop_back();
  return result;
}

} // namespace noctis
