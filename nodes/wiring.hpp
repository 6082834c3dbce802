#pragma once

#include "actors/system/supervisor.hpp"
#include "nodes/configuration.hpp"

#include <functional>
#include <string>

namespace noctis {

/// Returns the actors of a node with `settings.roles`, in the order of their start, for its supervisor.
supervisor_options wire(const configuration& settings, std::function<void(const std::string&)> give_up);

} // namespace noctis
