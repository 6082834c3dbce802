#pragma once

#include <caf/optional.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// Returns `value` without the spaces and NULs that pad it at either end.
std::string_view trimmed(std::string_view value);

/// Returns the values of `text`, divided at "\", each trimmed; none for an empty text.
std::vector<std::string_view> split_values(std::string_view text);

/// Returns UTF-8 `text` without control characters (U+0000 to U+001F, U+007F to U+009F).
std::string without_controls(std::string_view text);

/// Returns at most `limit` bytes of UTF-8 `text`, cut between characters.
std::string_view cut(std::string_view text, size_t limit);

/// Returns `value` in quotes for a sentence: at most 80 characters of printable ASCII, others as \xNN.
std::string shown(std::string_view value);

/// Returns a DA value (YYYYMMDD, also YYYY.MM.DD of ACR-NEMA and YYYY-MM-DD) as YYYYMMDD, "" when it is no date.
std::string normalized_date(std::string_view value);

/// Returns a TM value (HH[MM[SS[.F…]]], also HH:MM:SS of ACR-NEMA) as HHMMSS[.F…], "" when it is no time. At most
/// six digits of the fraction stay; a leap second becomes the one before.
std::string normalized_time(std::string_view value);

/// Returns the first value of an IS, also where a device wrote it as "12.0"; none when it is no number of 32 bits.
caf::optional<int32_t> parse_integer(std::string_view value);

} // namespace noctis
