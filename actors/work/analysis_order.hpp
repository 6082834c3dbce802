#pragma once

#include "messages/jobs.hpp"
#include "messages/principal.hpp"
#include "messages/query.hpp"

namespace noctis {

/// Returns the job that a study puts into the queue when it is complete. One that waits already is that one.
job_submission analysis_order(principal who, const study_row& study);

} // namespace noctis
