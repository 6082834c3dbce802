#pragma once

#include "messages/reports.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// Returns how long reports took, from the last image to the signature, as far as the principal sees their studies.
/// Throws `invalid_argument` unless `days` is 1 to 366.
turnaround report_turnaround(database& db, const turnaround_request& request);

} // namespace noctis::schema
