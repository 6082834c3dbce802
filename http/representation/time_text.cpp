#include "http/representation/time_text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <ctime>

namespace noctis {

namespace {

bool digits(const std::string& text, size_t from, size_t count) {
  return text.size() >= from + count && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                                                    text.begin() + static_cast<std::ptrdiff_t>(from + count),
                                                    [](unsigned char c) { return std::isdigit(c) != 0; });
}

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

} // namespace

std::string rfc3339(int64_t ms) {
  const auto seconds = static_cast<std::time_t>(ms >= 0 ? ms / 1000 : -((-ms + 999) / 1000));
  const auto rest = static_cast<int>(ms - static_cast<int64_t>(seconds) * 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  auto length = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  if (rest != 0) length += static_cast<size_t>(std::snprintf(text + length, sizeof(text) - length, ".%03d", rest));
  return std::string(text, length) + "Z";
}

std::string iso_date(const std::string& da) {
  if (da.size() != 8 || !digits(da, 0, 8)) return {};
  return da.substr(0, 4) + "-" + da.substr(4, 2) + "-" + da.substr(6, 2);
}

std::string iso_time(const std::string& tm) {
  const auto length = std::min(tm.find('.'), tm.size());
  if ((length != 2 && length != 4 && length != 6) || !digits(tm, 0, length)) return {};
  const auto padded = tm.substr(0, length) + std::string(6 - length, '0');
  return padded.substr(0, 2) + ":" + padded.substr(2, 2) + ":" + padded.substr(4, 2);
}

std::string da_of(const std::string& iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-' || !digits(iso, 0, 4) || !digits(iso, 5, 2) ||
      !digits(iso, 8, 2))
    return {};
  const auto year = std::stoi(iso.substr(0, 4));
  const auto month = std::stoi(iso.substr(5, 2));
  const auto day = std::stoi(iso.substr(8, 2));
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return {};
  return iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2);
}

int64_t ms_of(const std::string& rfc3339) {
  std::tm parts{};
  const char* rest = strptime(rfc3339.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (rest == nullptr || da_of(rfc3339.substr(0, 10)).empty() || rfc3339.size() > 40) return 0;
  int64_t ms = int64_t{timegm(&parts)} * 1000;
  if (*rest == '.') {
    int64_t unit = 100;
    for (++rest; std::isdigit(static_cast<unsigned char>(*rest)) != 0; ++rest, unit /= 10) ms += (*rest - '0') * unit;
  }
  const std::string zone = rest;
  if (zone == "Z" || zone == "z") return ms;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !digits(zone, 1, 2) ||
      !digits(zone, 4, 2))
    return 0;
  const int64_t minutes = std::stoi(zone.substr(1, 2)) * 60 + std::stoi(zone.substr(4, 2));
  return ms + (zone[0] == '+' ? -minutes : minutes) * 60'000;
}

} // namespace noctis
