#pragma once

#include "messages/reports.hpp"
#include "schema/connection.hpp"

#include <string>

namespace noctis::schema {

/// What was signed, which stays as it was, and shows where it did not. See `reports_repository`.
class report_signatures_repository {
public:
  report_signatures_repository(database& db, std::string seal_key) : db_(db), seal_key_(std::move(seal_key)) {}

  /// Returns the hash of the principal's password, "" where there is no such active user. Throws `permission_denied`
  /// where the principal may not sign.
  std::string password_hash(const principal& who);

  /// Makes the draft the next version, moves the study on, and has the version's documents made. The password has
  /// been checked. Throws `state_conflict` where the draft has changed, somebody else edits, or the status does not
  /// follow; `invalid_argument` for an empty report, or an amendment that does not say what it is.
  report sign(const report_signing& request);

  /// Every version, oldest first.
  report_versions list(const report_request& request);

  /// Notes where a version's documents are.
  void stored(const report_documents& documents);

private:
  database& db_;
  std::string seal_key_;
};

} // namespace noctis::schema
