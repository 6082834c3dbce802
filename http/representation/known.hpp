#pragma once

#include "messages/json_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace noctis {

/// Writes a text, null where it is empty: what nobody said is not known.
void write_known(json_text& json, std::string_view name, const std::string& text);

/// Writes ms since the epoch as RFC 3339, null for 0.
void write_known_time(json_text& json, std::string_view name, int64_t ms);

} // namespace noctis
