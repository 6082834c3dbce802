#pragma once

#include "http/options.hpp"

#include <string>

namespace noctis {

/// Whether requests with this Host header are served. The names of the loopback always are in local mode.
bool host_allowed(const http_options& options, const std::string& header);

} // namespace noctis
