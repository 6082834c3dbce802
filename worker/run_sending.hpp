#pragma once

#include "worker/analysis_task.hpp"
#include "worker/channel.hpp"
#include "worker/run_json.hpp"
#include "worker/series_reader.hpp"

#include <caf/error.hpp>

namespace noctis {

/// Sends what a run came to: first the objects that tell it, then its result frame. What could not be read of the
/// series is a warning of the run. Errors: those of the channel.
caf::error send_run(worker_channel& channel, const analysis_task& task, const series_reader& series, analyser_run& run);

} // namespace noctis
