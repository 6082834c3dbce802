#pragma once

#include "worker/analysers.hpp"
#include "worker/analysis_task.hpp"
#include "worker/channel.hpp"

#include <caf/error.hpp>
#include <rapidjson/document.h>

namespace noctis {

/// Analyses a series: takes its instances in any order, and sends a result frame for each analyser that applies and is
/// not known, before it the objects that go with it; quality control is the last. An analyser that fails has a result
/// too, which says why. Errors: those of the channel and the task.
caf::error analyse_series(worker_channel& channel, const analysis_task& task, const analyser_list& analysers);

/// The worker's task `analysers`, {"models"}: tells {"analysers":[["name","version"]],"signature",
/// "comparison":{"name","version","of":[name]},"refused":[text]}, quality control at the end of the analysers; refused
/// are models.
caf::error list_analysers(worker_channel& channel, const rapidjson::Value& task);

/// The worker's task `analyse`.
caf::error analyse(worker_channel& channel, const rapidjson::Value& task);

} // namespace noctis
