#pragma once

#include "actors/work/job_worker.hpp"
#include "actors/work/worker_process.hpp"

#include <cstdint>
#include <string>

namespace noctis {

/// The queue of jobs that draw thumbnails before anybody asks for them. Their payload is {"study_uid": …}.
inline constexpr const char* thumbnail_queue = "thumbnail";

inline constexpr uint32_t usual_thumbnail_edge = 256;             ///< pixels
inline constexpr int64_t thumbnail_life = int64_t{7} * 24 * 3600; ///< seconds in the cache

/// The name under which the cache keeps an image's thumbnail.
std::string thumbnail_key(const std::string& data_set_digest, uint32_t edge);

struct thumbnailer_options {
  worker_options worker;
  cache_actor cache;
};

/// Does a job of that queue: a worker process draws the middle image of each series, and the cache keeps the pictures.
/// A series without one is passed over.
job_end run_thumbnails(running_job& running, const thumbnailer_options& options);

} // namespace noctis
