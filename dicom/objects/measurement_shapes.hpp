#pragma once

#include "messages/annotations.hpp"

#include <string>
#include <vector>

// What is drawn of an annotation in a report. For the sources of this room alone.

namespace noctis {

using shape_points = std::vector<std::vector<double>>;

/// One graphic of an annotation.
struct shape {
  enum class form { point, line, region, ellipse };
  form what = form::line;
  shape_points points; ///< a region is closed: the first point is repeated
};

/// Whether a kind is an area, whose measurements belong to a region (TID 1410).
bool is_area(const std::string& kind);

/// The graphics of an annotation, in the order of its points.
std::vector<shape> shapes_of(const annotation& what);

/// Which of the graphics a measurement is inferred from: their places.
std::vector<size_t> shapes_behind(const annotation& what, const std::string& measurement);

/// Returns the points of an annotation whose graphics have these points, in order.
shape_points points_of(const std::string& kind, const std::vector<shape_points>& shapes);

} // namespace noctis
