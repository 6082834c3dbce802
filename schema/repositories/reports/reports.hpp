#pragma once

#include "messages/reports.hpp"
#include "schema/connection.hpp"

#include <string>

namespace noctis::schema {

/// Reports and their drafts. What the principal may not see is `not_found`; reports of a deleted study are not seen,
/// and go when it is purged. `seal_key` is the system's own; signatures are held against it whenever one is read.
class reports_repository {
public:
  reports_repository(database& db, std::string seal_key) : db_(db), seal_key_(std::move(seal_key)) {}

  /// A page without contents, the last changed first. Throws `invalid_argument` for a status, page or size that there
  /// is not.
  report_page list(const report_filter& filter);

  report find(const report_request& request);

  /// The report of a study. Where there is none, a draft from a template, edited by its author, who also becomes the
  /// study's reader where it has none. Throws `invalid_argument` for an unknown template.
  report open(const report_opening& request);

  /// Saves a draft. What was saved already is answered as it is. Throws `state_conflict`; `invalid_argument`.
  report save(const report_saving& request);

  /// Begins to edit, for two minutes after each sign of life; a preliminary report gets a draft of its last version.
  /// Throws `state_conflict` where somebody else edits and is not to be relieved, or the report is final.
  report claim(const report_claim& request);

  /// Ends to edit, where the principal does. A draft in which nothing was changed since the last version is dropped.
  void release(const report_release& request);

  /// Begins an amendment of a final report. Throws `state_conflict` where it is not final, or somebody else edits.
  report amend(const report_amendment& request);

private:
  database& db_;
  std::string seal_key_;
};

} // namespace noctis::schema
