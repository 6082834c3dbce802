#include "http/request/limiter.hpp"

namespace noctis {

namespace {

constexpr size_t most_windows = 100000;

} // namespace

rate_verdict local_limiter::count(const rate_request& request, clock::time_point now) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (windows_.size() >= most_windows) {
    for (auto i = windows_.begin(); i != windows_.end();) i = i->second.ends <= now ? windows_.erase(i) : std::next(i);
    if (windows_.size() >= most_windows) windows_.clear();
  }
  auto& current = windows_[request.key];
  if (current.ends <= now) current = {now + std::chrono::seconds(request.window_s), 0};
  if (++current.attempts <= request.limit) return {};
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(current.ends - now).count();
  return {false, left + 1};
}

} // namespace noctis
