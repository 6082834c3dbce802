#include "imaging/analysers/applies.hpp"
#include "imaging/analysers/quality_control.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr double plain_axis = 0.8; // share of a direction that makes it the plane's

/// Returns the plane whose normal the slice's is nearest to: 0 sagittal, 1 coronal, 2 axial; 3 for oblique ones.
size_t plane_of(const slice_geometry& geometry) {
  const auto normal = geometry.normal();
  for (size_t axis = 0; axis < 3; ++axis)
    if (std::abs(normal[axis]) > plain_axis) return axis;
  return 3;
}

std::string laterality_text(const series_traits& traits) {
  const bool left = mentions(traits, {"left", "lt ", "sinist", "links"});
  const bool right = mentions(traits, {"right", "rt ", "dext", "rechts"});
  if (traits.laterality == "L" && right && !left) return "Laterality says left, a description right";
  if (traits.laterality == "R" && left && !right) return "Laterality says right, a description left";
  return {};
}

std::string plane_text(const series_traits& traits, const slice_geometry& geometry) {
  static const char* const names[] = {"sagittal", "coronal", "axial", "oblique"};
  const auto plane = plane_of(geometry);
  const bool named[] = {mentions(traits, {"sag"}), mentions(traits, {"cor ", "coronal"}),
                        mentions(traits, {"axial", "ax ", "tra ", "transv"})};
  if (plane == 3 || named[plane]) return {};
  for (size_t axis = 0; axis < 3; ++axis)
    if (named[axis]) return std::string("a description says ") + names[axis] + ", the orientation is " + names[plane];
  return {};
}

/// A patient who lies on the back with the head first has the left on the right of an axial image (PS3.3 C.7.3.1.1.2).
std::string position_text(const series_traits& traits, const slice_geometry& geometry) {
  if (plane_of(geometry) != 2 || traits.patient_position.empty()) return {};
  if (geometry.row_direction[0] < -plain_axis && geometry.column_direction[1] > plain_axis)
    return "axial images are mirrored: their rows run from left to right";
  return {};
}

} // namespace

std::vector<std::string> header_contradictions(const series_traits& traits, const std::vector<slice>& headers) {
  std::vector<std::string> found;
  const auto add = [&](std::string text) {
    if (!text.empty()) found.push_back(std::move(text));
  };
  add(laterality_text(traits));
  const auto first =
      std::find_if(headers.begin(), headers.end(), [](const slice& each) { return bool(each.geometry); });
  if (first != headers.end()) {
    add(plane_text(traits, *first->geometry));
    add(position_text(traits, *first->geometry));
  }
  if (traits.burned_in_annotation == "YES") add("the header says that text is burned in");
  return found;
}

} // namespace noctis
