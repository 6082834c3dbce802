#pragma once

#include <optional>
#include <string>

namespace noctis::schema {

/// A range of dates (YYYYMMDD) or times (HH[MM[SS[.FFFFFF]]]), ends included; "" where it is open. A single value is
/// the range of what it stands for: "1030" is every moment of that minute.
struct value_range {
  std::string from;
  std::string to;
};

/// Returns the range that the value of a DA key asks for (PS3.4 C.2.2.2.5), none where it is no such value.
std::optional<value_range> date_range(const std::string& value);

/// The same of a TM key.
std::optional<value_range> time_range(const std::string& value);

/// Returns the greatest text that lies in the range, as bytes compare: what begins with its end.
inline std::string last_of(const value_range& range) { return range.to + "~"; }

} // namespace noctis::schema
