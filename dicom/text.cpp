#include "dicom/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace noctis {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), digit); }

int number_at(std::string_view text, size_t at, size_t count) {
  int result = 0;
  for (const char c : text.substr(at, count)) result = result * 10 + (c - '0');
  return result;
}

int days_in_month(int year, int month) {
  constexpr int days[]{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

} // namespace

std::string_view trimmed(std::string_view value) {
  constexpr std::string_view padding{" \0", 2};
  const auto first = value.find_first_not_of(padding);
  if (first == std::string_view::npos) return {};
  return value.substr(first, value.find_last_not_of(padding) - first + 1);
}

std::vector<std::string_view> split_values(std::string_view text) {
  std::vector<std::string_view> result;
  if (trimmed(text).empty()) return result;
  while (true) {
    const auto end = text.find('\\');
    result.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return result;
    text.remove_prefix(end + 1);
  }
}

std::string without_controls(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == 0x7F) continue;
    const bool c1 = c == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (c1)
      ++at;
    else
      result += text[at];
  }
  return result;
}

std::string_view cut(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

std::string shown(std::string_view value) {
  constexpr size_t longest = 80;
  std::string result = "\"";
  for (const char c : value) {
    if (result.size() >= longest) return result + "…\"";
    if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
      result += c;
    } else {
      char code[8];
      std::snprintf(code, sizeof code, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      result += code;
    }
  }
  return result + "\"";
}

std::string normalized_date(std::string_view value) {
  value = trimmed(value);
  std::string date;
  const bool divided =
      value.size() == 10 && (value[4] == '.' || value[4] == '-' || value[4] == '/') && value[7] == value[4];
  if (divided) {
    date.append(value.substr(0, 4)).append(value.substr(5, 2)).append(value.substr(8, 2));
  } else {
    date = std::string{value};
  }
  if (date.size() != 8 || !digits(date)) return {};
  const int year = number_at(date, 0, 4);
  const int month = number_at(date, 4, 2);
  const int day = number_at(date, 6, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
  return date;
}

std::string normalized_time(std::string_view value) {
  value = trimmed(value);
  const auto point = value.find('.');
  const auto whole = value.substr(0, point);
  std::string time;
  const bool divided =
      whole.size() > 2 && whole[2] == ':' && (whole.size() == 5 || (whole.size() == 8 && whole[5] == ':'));
  if (divided) {
    time.append(whole.substr(0, 2)).append(whole.substr(3, 2));
    if (whole.size() == 8) time.append(whole.substr(6, 2));
  } else {
    time = std::string{whole};
  }
  if (!digits(time) || time.size() > 6 || time.size() % 2 != 0) return {};
  if (point != std::string_view::npos && time.size() != 6) return {};
  time.resize(6, '0');
  if (number_at(time, 0, 2) > 23 || number_at(time, 2, 2) > 59 || number_at(time, 4, 2) > 60) return {};
  if (time.compare(4, 2, "60") == 0) time.replace(4, 2, "59");
  if (point == std::string_view::npos || point + 1 == value.size()) return time;
  const auto fraction = value.substr(point + 1);
  if (!digits(fraction)) return {};
  return time + "." + std::string{fraction.substr(0, 6)};
}

caf::optional<int32_t> parse_integer(std::string_view value) {
  value = trimmed(value.substr(0, value.find('\\')));
  if (!value.empty() && value.front() == '+') value.remove_prefix(1);
  int32_t result = 0;
  const auto [end, state] = std::from_chars(value.data(), value.data() + value.size(), result);
  if (state != std::errc{}) return caf::none;
  const auto rest = value.substr(static_cast<size_t>(end - value.data()));
  const bool whole = rest.empty() || (rest.front() == '.' && rest.find_first_not_of('0', 1) == std::string_view::npos);
  if (!whole) return caf::none;
  return result;
}

} // namespace noctis
