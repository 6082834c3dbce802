#pragma once

#include "messages/reports.hpp"

#include <rapidjson/document.h>

#include <string>

// How reports stand in the database. For the sources of this room alone.

namespace noctis::schema {

/// Returns a text of an object, "" where there is none.
std::string text_of(const rapidjson::Value& object, const char* name);

/// Returns a report's content as JSON; the same bytes for the same content.
std::string content_of(const report_content& what);

/// Reads what `content_of` wrote. Fields that are not there stay empty.
report_content report_content_from(const std::string& json);

/// Returns title, sections and macros of a template as JSON.
std::string content_of(const report_template& what);

/// Reads what `content_of` wrote of a template into it.
void read_template(const std::string& json, report_template& into);

/// Returns what people may look for in a report, as text: titles, sections, values, captions, addendum. What would be
/// taken for markup is not, and control characters are spaces.
std::string searched_text_of(const report_content& what);

} // namespace noctis::schema
