#pragma once

#include "messages/edit.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// Changes a study's place in the worklist.
class study_changes_repository {
public:
  explicit study_changes_repository(database& db) : db_(db) {}

  /// Applies the change and returns the study as it is now. Throws `not_found`; `permission_denied`;
  /// `invalid_argument` for a status, priority or user that there is not; `state_conflict` for a move that there is
  /// not between two statuses.
  study_row apply(const study_change& change);

private:
  database& db_;
};

} // namespace noctis::schema
