#pragma once

#include "dicom/element.hpp"
#include "dicom/text_encoder.hpp"

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <string>

namespace noctis {

/// Returns the raw value, little endian and unpadded, of attribute `tag` for its members "Value" or "InlineBinary"
/// (PS3.18 F.2.2); "" where it has none. Errors: `invalid_argument`, a sentence without the tag.
caf::expected<std::string> encode_json_value(const rapidjson::Value& attribute, vr representation,
                                             text_encoder& encoder);

} // namespace noctis
