#pragma once

#include "print/printed_report.hpp"

#include <string>

namespace noctis {

/// Returns the report as plain UTF-8 text, lines ending by \n. Control characters of its text become spaces.
std::string report_text(const printed_report& report);

} // namespace noctis
