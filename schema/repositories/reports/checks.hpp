#pragma once

#include "messages/reports.hpp"

// What reports and templates may hold. For the sources of this room alone.

namespace noctis::schema {

/// Throws `invalid_argument` that names what is wrong: an unknown heading, text that is not UTF-8 or has NUL, too much
/// of something.
void check_content(const report_content& what);

/// Throws `invalid_argument` that names a field of a template, `{{name|default}}` or `{{name}}`, that a section still
/// has.
void check_filled_in(const report_content& what);

/// Throws `invalid_argument` that names what is wrong.
void check_template(const report_template& what);

} // namespace noctis::schema
