#pragma once

#include "http/representation/json.hpp"
#include "messages/reports.hpp"

#include <rapidjson/document.h>

namespace noctis {

// Reports in the shapes of the REST contract.

/// A report in a list: without its content.
void write_summary(json_text& json, const report& what);
void write(json_text& json, const report& what);
void write(json_text& json, const report_content& what);
void write(json_text& json, const report_version& what);
void write(json_text& json, const report_attachment& what);
void write(json_text& json, const report_communication& what);
void write(json_text& json, const report_template& what);

/// Reads what was held against the schema report_content.
report_content read_report_content(const rapidjson::Value& content);

/// Reads what was held against the schema report_template_put.
report_template read_report_template(const rapidjson::Value& body);

/// Reads what was held against the schema report_communication_put. Throws `refusal` for a time that is none.
report_communication read_report_communication(const rapidjson::Value& body);

} // namespace noctis
