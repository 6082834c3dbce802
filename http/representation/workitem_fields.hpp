#pragma once

#include "http/representation/json.hpp"
#include "http/request/problem.hpp"

#include <rapidjson/document.h>

#include <string>

namespace noctis {

/// A scheduled procedure step as people write it: plain fields for the attributes of a Modality Worklist item (PS3.4
/// K.6.1.2). `scheduled_start` is local time of the site, "2026-01-31T10:20" with seconds or without.

/// Writes the fields of `attributes`, DICOM JSON.
void write_workitem_fields(json_text& json, const rapidjson::Value& attributes);

/// Returns `attributes` (DICOM JSON, an empty object for a new item) with the fields that `body` names put in their
/// place; null takes a value away. Throws `refusal` (400) naming a field whose value is not one.
std::string workitem_attributes_from(const rapidjson::Value& body, const rapidjson::Value& attributes);

} // namespace noctis
