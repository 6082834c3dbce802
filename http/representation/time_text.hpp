#pragma once

#include <cstdint>
#include <string>

namespace noctis {

/// Returns ms since the epoch as RFC 3339 UTC: "2026-01-01T00:00:00Z", with milliseconds where there are any.
std::string rfc3339(int64_t ms);

/// Returns a DA value (YYYYMMDD) as "YYYY-MM-DD", and "" for anything else.
std::string iso_date(const std::string& da);

/// Returns a TM value (HHMMSS[.FFFFFF], or shorter) as "HH:MM:SS", and "" for anything else.
std::string iso_time(const std::string& tm);

/// Returns "YYYY-MM-DD" as a DA value, and "" where it is no date of the calendar.
std::string da_of(const std::string& iso);

/// Returns an RFC 3339 time as ms since the epoch, 0 for anything else.
int64_t ms_of(const std::string& rfc3339);

} // namespace noctis
