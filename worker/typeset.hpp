#pragma once

#include "worker/channel.hpp"

#include <rapidjson/document.h>

namespace noctis {

/// The task "typeset": an order (`typeset_order`) comes as a frame, then the instance of each of its key images,
/// without bytes where there is none. A document comes back, the PDF; and where the order wants objects, the SR and the
/// Encapsulated PDF. Errors: `invalid_argument`, those of the writers.
caf::error typeset(worker_channel& channel, const rapidjson::Value& task);

} // namespace noctis
