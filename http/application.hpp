#pragma once

#include "http/api/schemas.hpp"
#include "http/auth/token.hpp"
#include "http/events/event_hub.hpp"
#include "http/gateway.hpp"
#include "http/options.hpp"
#include "http/request/limiter.hpp"
#include "http/request/router.hpp"
#include "http/server/request_metrics.hpp"
#include "http/server/timed.hpp"
#include "http/server/workbench.hpp"
#include "http/web_files.hpp"
#include "messages/typesetting.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace noctis {

/// Whom the facade talks to.
struct http_services {
  std::string node; ///< this node's name
  directory_actor directory;
  peers_actor peers;
  cache_actor cache;
  std::function<intake_actor()> new_intake; ///< spawns an intake for one upload; called from many threads
  /// Has a report typeset; the actor is the request's own.
  std::function<caf::expected<std::vector<uint8_t>>(caf::blocking_actor*, const principal&, const typeset_order&)>
      typeset;
  std::function<caf::expected<std::string>()> list_models; ///< the installed models, as the worker's task answers them
};

/// What all requests share.
struct application {
  application(caf::actor_system& s, http_options o, http_services a)
      : system(s), options(std::move(o)), actors(std::move(a)), directory(actors.directory),
        tokens(options.secret_key) {}

  /// Reports a failure that is ours.
  void log(const std::string& line) const {
    if (options.log) options.log(line);
  }

  caf::actor_system& system;
  const http_options options;
  const http_services actors;
  directory_cache directory;
  open_requests open;
  token_signer tokens;
  local_limiter limiter;
  request_metrics metrics;
  const api_schemas schemas;
  router routes;
  workbench bench;
  web_files web{options.web_root};
  const std::shared_ptr<event_hub> events = std::make_shared<event_hub>();
  timed<std::pair<int, std::string>> health{std::chrono::milliseconds(500)}; ///< status and document
  timed<caf::expected<std::string>> models{std::chrono::seconds(10)};
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
};

} // namespace noctis
