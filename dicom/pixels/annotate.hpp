#pragma once

#include "dicom/pixels/image_description.hpp"
#include "dicom/pixels/render.hpp"

namespace noctis {

/// Writes over `image` what `options` asks for: at the upper left who it shows, at the lower left how it was taken, in
/// white with a dark edge, in whatever script the header has it.
void annotate(picture& image, const image_description& about, uint32_t frame, const render_options& options);

} // namespace noctis
