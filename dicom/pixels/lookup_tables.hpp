#pragma once

#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/image_description.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <array>

namespace noctis {

/// Reads a LUT Descriptor and LUT Data (PS3.3 C.11.1.1.1) from an item of a Modality or VOI LUT Sequence; none where
/// they don't fit each other. `is_signed`: of the values that the table is for.
caf::optional<lookup_table> read_lookup_table(const attribute_set& item, bool is_signed);

/// Reads the palette of an image (PS3.3 C.7.9), segments (C.7.9.2) expanded. Error: `invalid_argument` where a
/// colour has no table or a broken one.
caf::expected<std::array<palette_channel, 3>> read_palette(const attribute_set& image, bool is_signed);

} // namespace noctis
