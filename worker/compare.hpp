#pragma once

#include "worker/analysers.hpp"
#include "worker/analysis_task.hpp"
#include "worker/channel.hpp"

#include <caf/error.hpp>
#include <rapidjson/document.h>

namespace noctis {

/// Compares a series with that of the task's prior study: takes the instances of both in any order, has both analysed
/// by the analyser that the task names, and sends one result frame, before it the objects that go with it; its details
/// are {"prior_study_uid","prior_series_uid","prior_study_date"}. Errors: those of the channel; `invalid_argument` for
/// a task without a prior study.
caf::error compare_series(worker_channel& channel, const analysis_task& task, const analyser_list& analysers);

/// The worker's task `compare`.
caf::error compare(worker_channel& channel, const rapidjson::Value& task);

} // namespace noctis
