#include "dicom/matching_values.hpp"
#include "dicom/text.hpp"

#include <caf/optional.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

// Dates and times as spans of microseconds: a value is all moments that it stands for.

namespace noctis {

namespace {

constexpr int64_t second = 1'000'000;
constexpr int64_t day = 86'400 * second;

/// Moments from `first` to `last`, both included; microseconds since the civil epoch 1970-01-01, or midnight.
struct span {
  int64_t first = std::numeric_limits<int64_t>::min();
  int64_t last = std::numeric_limits<int64_t>::max();
};

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_at(std::string_view text, size_t at, size_t count) {
  int result = 0;
  for (const char c : text.substr(at, count)) result = result * 10 + (c - '0');
  return result;
}

/// Returns the days from 1970-01-01 to a date of the Gregorian calendar.
int64_t days_of(int year, int month, int day_of_month) {
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t year_of_era = y - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/// Reads HH[MM[SS[.F…]]], also with colons.
caf::optional<span> time_of(std::string_view text) {
  std::string value{text};
  value.erase(std::remove(value.begin(), value.end(), ':'), value.end());
  const auto whole = normalized_time(value);
  if (whole.empty()) return caf::none;
  const auto precision = std::min(value.size(), value.find('.'));
  auto fraction = whole.size() > 7 ? whole.substr(7) : std::string{};
  int64_t length = precision == 2 ? 3600 * second : precision == 4 ? 60 * second : second;
  for (size_t i = 0; i < fraction.size(); ++i) length /= 10;
  fraction.resize(6, '0');
  const int64_t seconds = number_at(whole, 0, 2) * 3600 + number_at(whole, 2, 2) * 60 + number_at(whole, 4, 2);
  const int64_t first = seconds * second + number_at(fraction, 0, 6);
  return span{first, first + length - 1};
}

caf::optional<span> date_of(std::string_view text) {
  const auto date = normalized_date(text);
  if (date.empty()) return caf::none;
  const auto first = days_of(number_at(date, 0, 4), number_at(date, 4, 2), number_at(date, 6, 2)) * day;
  return span{first, first + day - 1};
}

/// Takes "&ZZXX" off the end of a DT. Returns the microseconds east of UTC.
int64_t take_offset(std::string_view& text) {
  if (text.size() < 9) return 0;
  const auto sign = text[text.size() - 5];
  const auto digits = text.substr(text.size() - 4);
  if ((sign != '+' && sign != '-') || !all_digits(digits)) return 0;
  const int64_t minutes = number_at(digits, 0, 2) * 60 + number_at(digits, 2, 2);
  const int64_t furthest = sign == '-' ? 12 * 60 : 14 * 60;
  if (minutes > furthest || number_at(digits, 2, 2) > 59) return 0;
  text.remove_suffix(5);
  return (sign == '-' ? -minutes : minutes) * 60 * second;
}

/// Reads YYYY[MM[DD[HH[MM[SS[.F…]]]]]][&ZZXX].
caf::optional<span> moment_of(std::string_view text) {
  const auto offset = take_offset(text);
  const auto date = text.substr(0, 8);
  if (date.size() < 4 || date.size() % 2 != 0 || !all_digits(date)) return caf::none;
  const int year = number_at(date, 0, 4);
  const int month = date.size() > 4 ? number_at(date, 4, 2) : 1;
  if (month < 1 || month > 12) return caf::none;
  span result;
  if (date.size() == 8) {
    const auto days = date_of(date);
    if (!days) return caf::none;
    result = *days;
  } else {
    const bool has_month = date.size() == 6;
    const bool last_month = !has_month || month == 12;
    result.first = days_of(year, month, 1) * day;
    result.last = days_of(last_month ? year + 1 : year, last_month ? 1 : month + 1, 1) * day - 1;
  }
  if (text.size() > 8) {
    const auto time = time_of(text.substr(8));
    if (!time) return caf::none;
    result.last = result.first + time->last;
    result.first += time->first;
  }
  return span{result.first - offset, result.last - offset};
}

caf::optional<span> single_of(vr representation, std::string_view text) {
  text = trimmed(text);
  if (representation == vr::DA) return date_of(text);
  return representation == vr::TM ? time_of(text) : moment_of(text);
}

/// Returns what `wanted` asks for: a single value, or a range where it is none.
caf::optional<span> wanted_span(vr representation, std::string_view wanted) {
  if (auto single = single_of(representation, wanted)) return single;
  for (auto at = wanted.find('-'); at != std::string_view::npos; at = wanted.find('-', at + 1)) {
    const auto from = trimmed(wanted.substr(0, at));
    const auto to = trimmed(wanted.substr(at + 1));
    const auto first = from.empty() ? span{} : single_of(representation, from);
    const auto last = to.empty() ? span{} : single_of(representation, to);
    if (first && last && !(from.empty() && to.empty())) return span{first->first, last->last};
  }
  return caf::none;
}

} // namespace

bool is_range(vr representation, std::string_view wanted) {
  return !single_of(representation, wanted) && wanted_span(representation, wanted);
}

bool time_matches(vr representation, std::string_view value, std::string_view wanted) {
  const auto is = single_of(representation, value);
  const auto asked = wanted_span(representation, wanted);
  return is && asked && is->first <= asked->last && is->last >= asked->first;
}

bool moment_matches(std::string_view date, std::string_view time, std::string_view wanted_dates,
                    std::string_view wanted_times) {
  const auto days = wanted_span(vr::DA, wanted_dates);
  const auto times = wanted_span(vr::TM, wanted_times);
  const auto is_day = date_of(date);
  if (!days || !times || !is_day) return false;
  const auto is_time = time_of(trimmed(time));
  const span is{is_day->first + (is_time ? is_time->first : 0), is_day->first + (is_time ? is_time->last : day - 1)};
  const auto open = span{};
  const bool has_start = days->first != open.first && times->first != open.first;
  const bool has_end = days->last != open.last && times->last != open.last;
  const int64_t first = has_start ? days->first + times->first : days->first;
  const int64_t last = has_end ? days->last - (day - 1) + times->last : days->last;
  return is.first <= last && is.last >= first;
}

} // namespace noctis
