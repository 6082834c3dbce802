#pragma once

#include "actors/system/redis_connection.hpp"
#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <string>

namespace noctis {

/// What may be lost, in Redis. It blocks, so it is detached. Without Redis every request fails with
/// `errc::cache_unavailable` at once.
struct cache_state {
  static inline const char* name = "cache";

  redis_connection redis;

  caf::expected<rate_verdict> count(const rate_request& request);
  caf::expected<cache_found> find(const cache_find& request);
  caf::expected<void> put(const cache_put& request);
  component_status status();
};

/// `url`: as `redis_connection` takes it.
cache_actor::behavior_type cache(cache_actor::stateful_pointer<cache_state> self, std::string url);

} // namespace noctis
