#include "actors/system/cache.hpp"

#include <hiredis/hiredis.h>

#include <cstring>
#include <regex>
#include <sys/time.h>

namespace noctis {

namespace {

constexpr timeval patience{1, 0};
constexpr const char* value_prefix = "noctis:value:";

struct reply_deleter {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using reply_ptr = std::unique_ptr<redisReply, reply_deleter>;

template <class... Args>
reply_ptr command(redisContext* context, const char* format, Args... args) {
  return reply_ptr{static_cast<redisReply*>(redisCommand(context, format, args...))};
}

redisContext* open(const std::string& url) {
  constexpr const char* unix_prefix = "unix://";
  if (url.rfind(unix_prefix, 0) == 0) {
    return redisConnectUnixWithTimeout(url.c_str() + std::strlen(unix_prefix), patience);
  }
  static const std::regex form{R"(redis://(?:[^:@/]*:([^@/]*)@)?([^:/]+)(?::(\d+))?(?:/(\d+))?/?)"};
  std::smatch part;
  if (!std::regex_match(url, part, form)) return nullptr;
  const int port = part[3].matched ? std::atoi(part[3].str().c_str()) : 6379;
  auto* context = redisConnectWithTimeout(part[2].str().c_str(), port, patience);
  if (!context || context->err != 0) return context;
  if (part[1].matched) command(context, "AUTH %s", part[1].str().c_str());
  if (part[4].matched) command(context, "SELECT %s", part[4].str().c_str());
  return context;
}

} // namespace

void cache_state::closer::operator()(redisContext* connected) const { redisFree(connected); }

bool cache_state::connect() {
  if (context && context->err == 0) return true;
  const auto now = std::chrono::steady_clock::now();
  if (url.empty() || now < next_try) return false;
  next_try = now + std::chrono::seconds{1};
  context.reset(open(url));
  if (!context) {
    failed = "the Redis URL has neither the form redis://host:port/database nor unix:///path";
  } else if (context->err != 0) {
    failed = context->errstr;
    context.reset();
  } else {
    redisSetTimeout(context.get(), patience);
    failed.clear();
  }
  return context != nullptr;
}

caf::error cache_state::away() {
  if (context && context->err != 0) failed = context->errstr;
  context.reset();
  return failure(errc::cache_unavailable, "Redis does not answer: " + failed);
}

caf::expected<rate_verdict> cache_state::count(const rate_request& request) {
  if (!connect()) return away();
  const auto key = "noctis:rate:" + request.key;
  const auto counted = command(context.get(), "INCR %s", key.c_str());
  if (!counted || counted->type != REDIS_REPLY_INTEGER) return away();
  const auto window = std::to_string(request.window_s);
  const auto limit_life = [&] {
    return command(context.get(), "EXPIRE %s %s", key.c_str(), window.c_str()) != nullptr;
  };
  if (counted->integer == 1 && !limit_life()) return away();
  if (counted->integer <= request.limit) return rate_verdict{};
  const auto left = command(context.get(), "TTL %s", key.c_str());
  if (!left || left->type != REDIS_REPLY_INTEGER) return away();
  if (left->integer > 0) return rate_verdict{false, left->integer};
  // The connection was lost before the key got its time.
  if (!limit_life()) return away();
  return rate_verdict{false, request.window_s};
}

caf::expected<cache_found> cache_state::find(const cache_find& request) {
  if (!connect()) return away();
  for (const auto& key : request.keys) redisAppendCommand(context.get(), "GET %s%s", value_prefix, key.c_str());
  cache_found found;
  for (size_t i = 0; i < request.keys.size(); ++i) {
    void* answer = nullptr;
    if (redisGetReply(context.get(), &answer) != REDIS_OK) return away();
    const reply_ptr reply{static_cast<redisReply*>(answer)};
    blob::buffer bytes;
    if (reply->type == REDIS_REPLY_STRING) bytes.assign(reply->str, reply->str + reply->len);
    found.values.emplace_back(std::move(bytes));
  }
  return found;
}

caf::expected<void> cache_state::put(const cache_put& request) {
  if (request.value.size() > max_message_bytes || request.ttl_s < 1)
    return failure(errc::invalid_argument, "a cached value has at most 4 MiB and some time to live");
  if (!connect()) return away();
  const auto ttl = std::to_string(request.ttl_s);
  const auto answer = command(context.get(), "SET %s%s %b EX %s", value_prefix, request.key.c_str(),
                              request.value.data(), request.value.size(), ttl.c_str());
  if (!answer) return away();
  if (answer->type == REDIS_REPLY_ERROR) return failure(errc::cache_unavailable, answer->str);
  return {};
}

component_status cache_state::status() {
  component_status result{"redis", false, {}};
  if (connect()) {
    const auto answer = command(context.get(), "PING");
    result.ok = answer && answer->type == REDIS_REPLY_STATUS;
    if (!result.ok) away();
  }
  result.message = result.ok ? "connected" : failed;
  return result;
}

cache_actor::behavior_type cache(cache_actor::stateful_pointer<cache_state> self, std::string url) {
  self->state.url = std::move(url);
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
