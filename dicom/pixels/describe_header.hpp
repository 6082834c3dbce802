#pragma once

#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/image_description.hpp"

#include <caf/expected.hpp>

namespace noctis {

/// As `describe_image`, from a header that is read.
caf::expected<image_description> describe_header(const image_header& header);

/// As `index_frames`, from a header that is read and its description.
caf::expected<frame_index> index_header(const byte_source& source, const image_header& header,
                                        const image_description& description);

} // namespace noctis
