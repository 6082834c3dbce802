#pragma once

#include "http/representation/json.hpp"
#include "messages/annotations.hpp"

#include <rapidjson/document.h>

#include <string>
#include <vector>

namespace noctis {

/// Writes an annotation as the REST contract has it.
void write(json_text& json, const annotation& what);

/// Reads what a client says of the annotation `id` from a body that fits the schema `annotation_put`. Throws `refusal`
/// (400) naming each field that is wrong.
annotation read_annotation(const rapidjson::Value& body, const std::string& id);

/// Returns a UUID in lower case. Throws `refusal` (404) where `text` is none.
std::string uuid_of(const std::string& text);

/// Returns measurements as a table (RFC 4180), a row for each. No cell is a formula to a program that opens it.
std::string measurements_table(const std::vector<annotation>& annotations);

} // namespace noctis
