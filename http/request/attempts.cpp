#include "http/request/attempts.hpp"

#include <algorithm>

namespace noctis {

namespace {

rate_verdict count(context& c, const std::string& key, int64_t limit) {
  const rate_request attempt{key, limit, c.app.options.login_window.count()};
  constexpr std::chrono::milliseconds soon{500};
  const auto verdict = c.actors->try_ask<rate_verdict>(c.app.actors.cache, soon, attempt);
  return verdict ? *verdict : c.app.limiter.count(attempt);
}

} // namespace

void count_attempt(context& c, const std::vector<std::pair<std::string, int64_t>>& counters, const std::string& what) {
  for (const auto& [key, most] : counters) {
    const auto verdict = count(c, key, most);
    if (verdict.allowed) continue;
    const auto wait = std::to_string(std::max<int64_t>(1, verdict.retry_after_s));
    auto answer = problem_of(errc::rate_limited, what + "; try again in " + wait + " s.");
    answer.headers.emplace_back("Retry-After", wait);
    throw refusal(std::move(answer));
  }
}

} // namespace noctis
