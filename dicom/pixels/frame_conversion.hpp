#pragma once

#include "dicom/pixels/image_description.hpp"

#include <caf/expected.hpp>

#include <string>
#include <string_view>

namespace noctis {

/// What a frame is, and what it is to become, for another process: transfer syntax and format of an image, and the
/// transfer syntax that is wanted.
struct frame_conversion {
  image_description stored; ///< transfer syntax and format alone
  std::string to;
};

/// Returns a conversion as JSON.
std::string conversion_text(const image_description& stored, std::string_view to);

/// Reads what `conversion_text` returned. Error: `invalid_argument`.
caf::expected<frame_conversion> conversion_from(std::string_view text);

} // namespace noctis
