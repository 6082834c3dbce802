#pragma once

#include "actors/work/job_worker.hpp"

namespace noctis {

/// Does a job of the queue `maintenance`: {"task": "escalate", "alert": <id>} makes an alert critical that nobody has
/// acknowledged; {"task": "rest"} does nothing, which measures the ledger.
job_end keep_house(running_job& running);

} // namespace noctis
