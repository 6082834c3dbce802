#pragma once

#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <vector>

namespace noctis {

/// Returns a decoded frame of three samples, or of a palette's, as RGB of 8 bits (PS3.3 C.7.6.3.1.2). Error:
/// `invalid_argument` for colours that this system doesn't show.
caf::expected<std::vector<uint8_t>> map_colours(const blob& samples, const image_description& decoded);

} // namespace noctis
