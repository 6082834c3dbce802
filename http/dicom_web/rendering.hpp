#pragma once

#include "http/dicom_web/render_parameters.hpp"
#include "http/dicom_web/stored_source.hpp"

#include <string>

namespace noctis {

enum class picture_form : uint8_t { jpeg, png };

/// Returns "image/jpeg" or "image/png".
std::string media_type_of(picture_form form);

/// Returns a picture of frame `frame` (0 is the first). Waits for a place at the bench. Throws `refusal`: 404 for a
/// frame that there is not, 406 for an instance without pixels, 500 for a corrupt one, 503.
blob draw(application& app, const image_file& image, uint32_t frame, const render_request& how, picture_form form);

/// Opens a stored instance to be drawn. Throws `refusal` (406) where it has no pixels, `actor_failure`.
image_file open_drawable(const std::shared_ptr<gateway>& actors, const image_row& image);

/// Returns the frame that stands for an instance, counted from 0: the middle one.
uint32_t representative_frame(const image_file& image);

/// Returns a JPEG of the middle frame whose edges are at most `edge` pixels, from the cache where it is there. Throws
/// as `draw`.
blob draw_thumbnail(application& app, const std::shared_ptr<gateway>& actors, const image_row& image, uint32_t edge);

} // namespace noctis
