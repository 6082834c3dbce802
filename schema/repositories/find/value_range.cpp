#include "schema/repositories/find/value_range.hpp"

#include <algorithm>
#include <cstddef>

namespace noctis::schema {

namespace {

bool all_digits(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Returns `value` as YYYYMMDD, also YYYY.MM.DD as ACR-NEMA wrote it; none for others.
std::optional<std::string> date_of(std::string value) {
  if (value.size() == 10 && value[4] == '.' && value[7] == '.')
    value = value.substr(0, 4) + value.substr(5, 2) + value.substr(8);
  if (value.size() != 8 || !all_digits(value)) return std::nullopt;
  return value;
}

/// Returns `value` without colons, none where it is not HH[MM[SS[.F…]]].
std::optional<std::string> clock_of(std::string value) {
  value.erase(std::remove(value.begin(), value.end(), ':'), value.end());
  const auto point = value.find('.');
  const auto clock = value.substr(0, point);
  const auto fraction = point == std::string::npos ? "" : value.substr(point + 1);
  const bool whole = clock.size() == 2 || clock.size() == 4 || clock.size() == 6;
  const bool exact = point == std::string::npos || (clock.size() == 6 && !fraction.empty() && fraction.size() <= 6);
  if (!whole || !exact || !all_digits(clock) || !all_digits(fraction)) return std::nullopt;
  return value;
}

template <class Read>
std::optional<value_range> range_of(const std::string& value, Read read) {
  const auto dash = value.find('-');
  if (dash == std::string::npos) {
    const auto single = read(value);
    if (!single) return std::nullopt;
    return value_range{*single, *single};
  }
  value_range result;
  for (auto [end, text] : {std::pair{&result.from, value.substr(0, dash)}, {&result.to, value.substr(dash + 1)}}) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    if (text.empty()) continue;
    const auto read_end = read(text);
    if (!read_end) return std::nullopt;
    *end = *read_end;
  }
  if (result.from.empty() && result.to.empty()) return std::nullopt;
  return result;
}

} // namespace

std::optional<value_range> date_range(const std::string& value) { return range_of(value, date_of); }

std::optional<value_range> time_range(const std::string& value) { return range_of(value, clock_of); }

} // namespace noctis::schema
