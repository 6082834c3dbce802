#pragma once

#include "worker/channel.hpp"

#include <rapidjson/document.h>

namespace noctis {

/// The task "models": {"directory": …} is answered with {"count", "results": [{"name", "version", "description",
/// "licence", "state": "ready" or "refused", "reason"}]}. Errors: `invalid_argument`, those of `read_models`.
caf::error list_models(worker_channel& channel, const rapidjson::Value& task);

} // namespace noctis
