#pragma once

#include "messages/reports.hpp"
#include "schema/session.hpp"

// How a report begins. For the sources of this room alone.

namespace noctis::schema {

struct opened_report {
  int64_t report = 0;
  bool is_new = false;
  bool is_assigned = false; ///< its author became the study's reader
};

/// Finds the report of a study, or makes a draft. Throws `not_found`; `invalid_argument` for an unknown template.
opened_report open_draft(query& run, const report_opening& request);

/// Has the words of a draft that is no more not found.
void forget_draft_words(query& run, int64_t report);

} // namespace noctis::schema
