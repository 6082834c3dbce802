#pragma once

#include "actors/work/worker_process.hpp"

#include <string>

namespace noctis {

/// Returns what a worker process says of the models of `directory`: {"results": […]}, as its task "models" answers.
/// Blocks, 30 s at most. Errors: as of `worker_process`.
caf::expected<std::string> installed_models(worker_options options, const std::string& directory);

} // namespace noctis
