#pragma once

#include "worker/analysis_task.hpp"
#include "worker/channel.hpp"
#include "worker/series_reader.hpp"

#include <caf/error.hpp>

#include <cstdint>

namespace noctis {

/// Returns how many bytes a volume may have, of whose size analysing takes `times` as many.
uint64_t most_volume_bytes(const analysis_task& task, uint64_t times);

/// Takes the images that come until their end: those of the series into `series`, those of a prior study's into
/// `prior`, where there is one. Progress goes from 0 to `share`. Errors: those of the channel.
caf::error read_images(worker_channel& channel, const analysis_task& task, double share, series_reader& series,
                       series_reader* prior = nullptr);

} // namespace noctis
