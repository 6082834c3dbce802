#pragma once

#include "worker/channel.hpp"

#include <rapidjson/document.h>

namespace noctis {

/// The task "thumbnails": {"edge": pixels}. Each instance that comes is answered by a document: its JPEG, or no bytes
/// where it has no picture. Error: `invalid_argument`.
caf::error draw_thumbnails(worker_channel& channel, const rapidjson::Value& task);

} // namespace noctis
