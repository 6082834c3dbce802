#pragma once

#include "dicom/pixels/render.hpp"

#include <cstdint>

namespace noctis {

/// A part of a picture, in its pixels, and how it is to be turned.
struct picture_part {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  bool flip_x = false; ///< left to right
  bool flip_y = false; ///< top to bottom
};

/// Returns `part` of `from` as a picture of `width` × `height` pixels: where it gets smaller each pixel is the mean of
/// the area that it covers, where it gets larger they are interpolated linearly.
picture resample(const picture& from, const picture_part& part, uint32_t width, uint32_t height);

} // namespace noctis
