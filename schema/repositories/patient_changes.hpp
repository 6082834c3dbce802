#pragma once

#include "messages/edit.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// Makes one patient of two, and parts them. Each study remembers the Patient IDs that it came under, so that what
/// still comes under them is taken. What the principal may not see is `not_found`.
class patient_changes_repository {
public:
  explicit patient_changes_repository(database& db) : db_(db) {}

  /// Moves every study of one patient to another, deleted ones too; what comes for the first from now on is the
  /// second's. Returns the one that stays. Throws `state_conflict` for patients of two facilities, and where one of
  /// them was merged before.
  patient_row merge(const merge_request& request);

  /// Moves studies to a patient, made where there is none with its Patient ID; one that was merged stands for itself
  /// again. Returns that patient. Throws `invalid_argument` for no study or more than 1,000, `state_conflict` for
  /// studies of several facilities.
  patient_row split(const split_request& request);

private:
  database& db_;
};

} // namespace noctis::schema
