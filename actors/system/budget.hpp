#pragma once

#include "messages/actors.hpp"

#include <caf/response_promise.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <deque>
#include <map>

namespace noctis {

/// Grants the memory that arriving data sets may take on this node, first come first served. It knows how much
/// each actor holds and takes it back when that actor ends. Who gives up waiting releases what it has asked for: that
/// takes its place in the queue, or what it was granted meanwhile.
struct budget_state {
  struct waiting {
    caf::strong_actor_ptr holder;
    uint64_t bytes;
    caf::response_promise promise;
  };
  static inline const char* name = "budget";

  budget_actor::stateful_pointer<budget_state> self;
  uint64_t total = 0;
  uint64_t used = 0;
  std::map<caf::actor_addr, uint64_t> held;
  std::deque<waiting> queue;
  uint64_t refused = 0;

  caf::result<void> reserve(const reserve_bytes& request);
  void release(const caf::actor_addr& holder, uint64_t bytes);
  void forget(const caf::actor_addr& holder);
  [[nodiscard]] std::vector<metric> metrics() const;

private:
  void grant(const caf::actor_addr& holder, uint64_t bytes);
  void serve();
};

/// `total`: bytes.
budget_actor::behavior_type budget(budget_actor::stateful_pointer<budget_state> self, uint64_t total);

} // namespace noctis
