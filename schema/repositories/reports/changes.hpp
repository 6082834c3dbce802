#pragma once

#include "messages/reports.hpp"
#include "schema/session.hpp"

#include <string>

// What changes of reports have in common. For the sources of this room alone.

namespace noctis::schema {

/// How long somebody edits who is not heard of.
inline constexpr int report_claim_seconds = 120;

/// Throws `permission_denied` unless `who` is a user with the permission.
void require_user(const principal& who, permission what);

/// A report with its content: the draft, or the newest version. Throws `not_found`.
report read_report(query& run, const principal& who, int64_t id, const std::string& seal_key);

/// The same, after nobody else changes it until the transaction ends.
report lock_report(query& run, const principal& who, int64_t id, const std::string& seal_key);

/// Throws `state_conflict` where somebody else edits.
void check_editor(const report& known, const principal& who);

/// Makes `content` the draft and counts its revision.
void put_draft(query& run, const report& known, const report_content& content);

/// Makes `who` the editor for the next `report_claim_seconds`.
void hold_report(query& run, const report& known, const principal& who);

/// Has the words of a version found from now on; 0: the draft.
void put_words(query& run, int64_t report, int32_t version, const report_content& content);

/// Writes the event `report.updated` of a report as it is now.
void tell_report(query& run, const report& now);

/// Writes the audit entry of what was done to a report; `more` as for `tell_study`.
void audit_report(query& run, const principal& who, const std::string& action, const report& what,
                  const std::string& more = "");

} // namespace noctis::schema
