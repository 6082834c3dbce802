#pragma once

#include "worker/channel.hpp"

#include <caf/error.hpp>
#include <rapidjson/document.h>

namespace noctis {

/// Converts frames one after the other until the input ends: an order (`conversion_text`) and an instance frame with
/// the coded bytes come for each, a document with the new bytes is the answer, or a result that says why there are none
/// (`failure_text`). Errors: `invalid_argument` for frames out of this order, those of the channel.
caf::error convert_frames(worker_channel& channel, const rapidjson::Value& task);

} // namespace noctis
