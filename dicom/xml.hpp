#pragma once

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <string>
#include <string_view>

namespace noctis {

/// Returns a DICOM JSON object (PS3.18 F.2) in the Native DICOM Model (PS3.19 A.1), as `application/dicom+xml` of
/// DICOMweb has it: UTF-8, with an XML declaration. Characters that XML 1.0 forbids become U+FFFD; an object that
/// `data_set_json` made is always well-formed then.
std::string native_model_xml(const rapidjson::Value& object);

/// The same of a JSON text. Errors: those of `parse_json_object`.
caf::expected<std::string> native_model_xml(std::string_view json);

} // namespace noctis
