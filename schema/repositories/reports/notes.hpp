#pragma once

#include "messages/reports.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// What belongs to a report besides its text: attachments, and who was told of what. What the principal may not see is
/// `not_found`.
class report_notes_repository {
public:
  explicit report_notes_repository(database& db) : db_(db) {}

  /// Adds an attachment; the answer has no bytes. Throws `invalid_argument`; `limit_exceeded` where there are 50.
  report_attachment attach(const report_attachment_put& request);

  /// One attachment with its bytes, or all without, oldest first.
  report_attachments attachments(const report_attachment_request& request);

  /// Removes an attachment. Throws `state_conflict` where a version was signed since it was added.
  void detach(const report_attachment_removal& request);

  /// Notes that somebody was told. Throws `invalid_argument`.
  report_communication tell(const report_communication_put& request);

  /// Oldest first.
  report_communications communications(const report_communication_request& request);

private:
  database& db_;
};

} // namespace noctis::schema
