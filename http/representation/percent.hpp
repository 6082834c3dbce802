#pragma once

#include <string>

namespace noctis {

/// Returns `text` with all but letters, digits and "-._~" as %XX (RFC 3986 section 2.1).
std::string percent_encoded(const std::string& text);

} // namespace noctis
