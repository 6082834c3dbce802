#pragma once

#include "messages/reports.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace noctis {

/// A key image, ready for paper.
struct printed_picture {
  std::vector<uint8_t> jpeg; ///< empty: it cannot be shown
  uint32_t width = 0;        ///< pixels
  uint32_t height = 0;
  std::string caption;
};

/// A report, or one version of it, as it goes on paper.
struct printed_report {
  report what;         ///< content, status and signature of what is printed
  int32_t version = 0; ///< 0: the draft
  letterhead head;
  std::vector<printed_picture> pictures;

  [[nodiscard]] bool is_draft() const { return version == 0; }
  /// Whether somebody signed something else than this.
  [[nodiscard]] bool is_broken() const { return version > 0 && !what.signature.intact; }
};

/// Returns a name of the value representation PN for people: "Doe, Jane"; further writings of it in brackets.
std::string shown_person(const std::string& name);

/// Returns a date (YYYYMMDD) with hyphens; anything else as it is.
std::string shown_date(const std::string& date);

/// Returns ms since the epoch as "2026-01-31 10:20:30 UTC".
std::string shown_time(int64_t ms);

/// What there is to say of patient and study: names of fields in the report's language with their values, none empty.
std::vector<std::pair<std::string, std::string>> printed_identity(const printed_report& report);

/// Where a value comes from: "bleed 15.7 ml — ct-head 1.0 (machine-made, not for diagnosis)".
std::string printed_value(const report_value& value, const std::string& language);

} // namespace noctis
