#pragma once

#include "http/request/context.hpp"

#include <string>
#include <utility>
#include <vector>

namespace noctis {

/// Counts an attempt to prove a password, in Redis or, where it does not answer, in this process. Each counter has a
/// name and how many attempts it allows in a window (`http_options::login_window`). Throws `refusal` (429) that
/// begins with `what`, e.g. "Too many attempts to log in".
void count_attempt(context& c, const std::vector<std::pair<std::string, int64_t>>& counters, const std::string& what);

} // namespace noctis
