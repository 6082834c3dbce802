#pragma once

#include "dicom/pixels/render.hpp"
#include "http/request/context.hpp"

#include <string>

namespace noctis {

/// How a picture is wanted.
struct render_request {
  render_options options;
  int quality = 90;    ///< of a JPEG, 1 to 100
  std::string variant; ///< the parameters in one text: the same for the same picture
};

/// Reads the parameters of a rendering (PS3.18 8.3.5): `annotation`, `quality`, `viewport`, `window` and `iccprofile`,
/// of which "no" is all there is. Throws `refusal` (400) naming what is wrong.
render_request read_render_request(const context& c);

/// Reads the box of a thumbnail, `viewport=width,height` (PS3.18 8.3.5.1.3), both at most 1,024; returns the longer
/// edge, 256 where nothing is said. Throws `refusal` (400).
uint32_t read_thumbnail_edge(const context& c);

} // namespace noctis
