#pragma once

#include "worker/channel.hpp"

#include <rapidjson/document.h>

#include <functional>
#include <map>
#include <string>

namespace noctis {

/// Does what a task (a JSON object) asks for: takes frames from the channel and sends what comes of them. An error is
/// told to whoever waits.
using worker_task = std::function<caf::error(worker_channel& channel, const rapidjson::Value& task)>;

/// The tasks that a worker knows, by name.
using worker_tasks = std::map<std::string, worker_task>;

/// Reads the task's frame and does it with the function of that name. Returns whether it went well; what went wrong,
/// an exception and memory that is used up among it, is sent as a failure.
bool run_task(const worker_tasks& tasks, const std::string& name, worker_channel& channel);

} // namespace noctis
