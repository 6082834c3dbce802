#include "actors/system/cache.hpp"

#include <hiredis/hiredis.h>

namespace noctis {

namespace {

constexpr const char* value_prefix = "noctis:value:";

bool is_number(const redis_reply& reply) { return reply && reply->type == REDIS_REPLY_INTEGER; }

} // namespace

caf::expected<rate_verdict> cache_state::count(const rate_request& request) {
  if (!redis.open()) return redis.away();
  const auto key = "noctis:rate:" + request.key;
  const auto counted = redis.ask({"INCR", key});
  if (!is_number(counted)) return redis.away();
  const auto limit_life = [&] { return redis.ask({"EXPIRE", key, std::to_string(request.window_s)}) != nullptr; };
  if (counted->integer == 1 && !limit_life()) return redis.away();
  if (counted->integer <= request.limit) return rate_verdict{};
  const auto left = redis.ask({"TTL", key});
  if (!is_number(left)) return redis.away();
  if (left->integer > 0) return rate_verdict{false, left->integer};
  // The connection was lost before the key got its time.
  if (!limit_life()) return redis.away();
  return rate_verdict{false, request.window_s};
}

caf::expected<cache_found> cache_state::find(const cache_find& request) {
  if (!redis.open()) return redis.away();
  for (const auto& key : request.keys) redis.send({"GET", value_prefix + key});
  cache_found found;
  for (size_t i = 0; i < request.keys.size(); ++i) {
    const auto reply = redis.next_reply();
    if (!reply) return redis.away();
    blob::buffer bytes;
    if (reply->type == REDIS_REPLY_STRING) bytes.assign(reply->str, reply->str + reply->len);
    found.values.emplace_back(std::move(bytes));
  }
  return found;
}

caf::expected<void> cache_state::put(const cache_put& request) {
  if (request.value.size() > max_message_bytes || request.ttl_s < 1)
    return failure(errc::invalid_argument, "a cached value has at most 4 MiB and some time to live");
  if (!redis.open()) return redis.away();
  const auto* const bytes = reinterpret_cast<const char*>(request.value.data());
  const auto answer = redis.ask({"SET", value_prefix + request.key, std::string{bytes, request.value.size()}, "EX",
                                 std::to_string(request.ttl_s)});
  if (!answer) return redis.away();
  if (answer->type == REDIS_REPLY_ERROR) return failure(errc::cache_unavailable, answer->str);
  return {};
}

component_status cache_state::status() {
  component_status result{"redis", false, {}};
  if (redis.open()) {
    const auto answer = redis.ask({"PING"});
    result.ok = answer && answer->type == REDIS_REPLY_STATUS;
    if (!result.ok) redis.away();
  }
  result.message = result.ok ? "connected" : redis.failed();
  return result;
}

cache_actor::behavior_type cache(cache_actor::stateful_pointer<cache_state> self, std::string url) {
  self->state.redis = redis_connection{std::move(url)};
  return {
      [self](const rate_request& request) -> caf::result<rate_verdict> {
        auto verdict = self->state.count(request);
        if (!verdict) return verdict.error();
        return *verdict;
      },
      [self](const cache_find& request) -> caf::result<cache_found> {
        auto found = self->state.find(request);
        if (!found) return found.error();
        return std::move(*found);
      },
      [self](const cache_put& request) -> caf::result<void> {
        auto done = self->state.put(request);
        if (!done) return done.error();
        return caf::unit;
      },
      [self](status_atom) { return self->state.status(); },
  };
}

} // namespace noctis
