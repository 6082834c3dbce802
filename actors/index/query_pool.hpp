#pragma once

#include "messages/actors.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/message.hpp>
#include <caf/response_promise.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

namespace noctis {

struct query_pool_options {
  std::function<caf::actor()> make_worker; ///< a `query_worker`; called again for each that died
  size_t workers = 4;
  size_t queue = 1000;                            ///< requests that may wait
  std::chrono::milliseconds longest_wait{30'000}; ///< after which one that waits fails
};

/// Several query workers behind the address of one `query_actor`. Each request goes to a worker that is idle, the one
/// that worked last first, and waits while there is none: a slow query holds up no other. Requests fail with
/// `overloaded` where the queue is full, with `timeout` where they waited too long, with `shutting_down` at EXIT; the
/// pool ends its workers with itself and replaces one that dies.
struct query_pool_state {
  static inline const char* name = "query_pool";
  using clock = std::chrono::steady_clock;

  struct waiting {
    caf::response_promise promise;
    caf::message content;
    clock::time_point since;
  };

  explicit query_pool_state(caf::event_based_actor* pool) : self(pool) {}

  void start(query_pool_options given);
  void take(caf::response_promise promise, caf::message content);
  void end();
  [[nodiscard]] std::vector<metric> metrics() const;

  caf::event_based_actor* self;
  query_pool_options options;
  std::vector<caf::actor> workers;
  std::vector<caf::actor> idle;
  std::deque<waiting> queue;
  int64_t refused = 0; ///< since the start
  int64_t replaced = 0;

private:
  void add_worker();
  void replace(const caf::actor_addr& dead);
  void hand_out();
  void work(const caf::actor& worker, caf::response_promise promise, caf::message content);
};

caf::behavior query_pool(caf::stateful_actor<query_pool_state>* self, query_pool_options options);

} // namespace noctis
