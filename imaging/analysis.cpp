#include "imaging/analysis.hpp"

#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

/// Fills the labels of one stored frame with those of the nearest voxels.
void label_frame(const volume& image, const std::vector<uint8_t>& grid, const slice_geometry& frame, uint8_t* out) {
  const auto start = image.coordinates_of(frame.point_of(0, 0));
  const auto along_row = difference_of(image.coordinates_of(frame.point_of(1, 0)), start);
  const auto along_column = difference_of(image.coordinates_of(frame.point_of(0, 1)), start);
  for (size_t row = 0; row < frame.rows; ++row) {
    for (size_t column = 0; column < frame.columns; ++column, ++out) {
      bool inside = true;
      std::array<size_t, 3> nearest{};
      for (size_t axis = 0; axis < 3; ++axis) {
        const auto place =
            std::lround(start[axis] + double(column) * along_row[axis] + double(row) * along_column[axis]);
        inside = inside && place >= 0 && size_t(place) < image.size[axis];
        nearest[axis] = inside ? size_t(place) : 0;
      }
      *out = inside ? grid[image.index_of(nearest[0], nearest[1], nearest[2])] : uint8_t{0};
    }
  }
}

} // namespace

caf::error reached(const run_control& control, double share) {
  if (control.progress) control.progress(share);
  if (control.cancelled && control.cancelled()) return failure(errc::cancelled, "the analysis was withdrawn");
  return caf::none;
}

std::vector<uint8_t> labels_on_slices(const volume& image, const std::vector<uint8_t>& grid) {
  if (!image.resampled) return grid;
  size_t pixels = 0;
  for (const auto& each : image.frames) pixels += each.geometry.pixels();
  std::vector<uint8_t> labels(pixels);
  auto* out = labels.data();
  for (const auto& each : image.frames) {
    label_frame(image, grid, each.geometry, out);
    out += each.geometry.pixels();
  }
  return labels;
}

} // namespace noctis
