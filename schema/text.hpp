#pragma once

#include <cstddef>
#include <string>

namespace noctis::schema {

/// Returns `text` as the database can keep it: valid UTF-8 (a wrong byte becomes U+FFFD) without NUL, at most
/// `max_characters` long.
std::string storable(const std::string& text, size_t max_characters);

/// Returns `date` where it is eight digits (YYYYMMDD), "" otherwise.
std::string storable_date(const std::string& date);

/// Whether `uid` consists of digits and dots and has 1 to 64 characters (PS3.5 9.1).
bool is_uid(const std::string& uid);

/// Whether `digest` is 32 lower-case hex digits.
bool is_digest(const std::string& digest);

/// Returns `text` as a JSON string, quotes included.
std::string json_string(const std::string& text);

} // namespace noctis::schema
