#pragma once

#include "messages/query.hpp"
#include "messages/system.hpp"

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace noctis {

/// Counts attempts in this process alone: for when Redis is away.
class local_limiter {
public:
  using clock = std::chrono::steady_clock;

  /// Counts one attempt, as `rate_request` says.
  rate_verdict count(const rate_request& request, clock::time_point now = clock::now());

private:
  struct window {
    clock::time_point ends;
    int64_t attempts = 0;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, window> windows_;
};

} // namespace noctis
