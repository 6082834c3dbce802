#pragma once

#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <memory>
#include <string>

struct redisContext;

namespace noctis {

/// Speaks with Redis over one connection, which it opens again after a failure, at most once a second. It blocks,
/// so it is detached. Without Redis every request fails with `errc::cache_unavailable` at once.
struct cache_state {
  struct closer {
    void operator()(redisContext* context) const;
  };
  static inline const char* name = "cache";

  std::string url;
  std::unique_ptr<redisContext, closer> context;
  std::chrono::steady_clock::time_point next_try{};
  std::string failed = "not connected yet";

  caf::expected<rate_verdict> count(const rate_request& request);
  caf::expected<cache_found> find(const cache_find& request);
  caf::expected<void> put(const cache_put& request);
  component_status status();

private:
  bool connect();
  caf::error away();
};

/// `url`: redis://[:password@]host[:port][/database], or unix:///path/to/socket; "" for no Redis at all.
cache_actor::behavior_type cache(cache_actor::stateful_pointer<cache_state> self, std::string url);

} // namespace noctis
