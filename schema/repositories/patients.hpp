#pragma once

#include "messages/edit.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// Patients as a principal sees them. What the principal may not see is `not_found`, as is what does not exist.
class patients_repository {
public:
  explicit patients_repository(database& db) : db_(db) {}

  /// A page of patients by name. `count` ends at 100,000, or at 1,000 where words are looked for; pages reach to
  /// 100,000. Throws `invalid_argument`.
  patient_page list(const patient_filter& filter);

  /// A patient with the newest 1,000 of its studies. Throws `not_found`.
  patient_detail patient(const patient_request& request);

private:
  database& db_;
};

} // namespace noctis::schema
