#include "actors/system/budget.hpp"

#include <algorithm>

namespace noctis {

void budget_state::grant(const caf::actor_addr& holder, uint64_t bytes) {
  used += bytes;
  const auto [entry, is_new] = held.emplace(holder, 0);
  entry->second += bytes;
  if (is_new) self->monitor(holder);
}

caf::result<void> budget_state::reserve(const reserve_bytes& request) {
  auto holder = self->current_sender();
  if (!holder) return failure(errc::invalid_argument, "memory goes to actors only");
  if (request.bytes > total) return failure(errc::overloaded, "more than the node's memory budget");
  if (queue.empty() && used + request.bytes <= total) {
    grant(caf::actor_cast<caf::actor_addr>(holder), request.bytes);
    return caf::unit;
  }
  if (!request.wait) {
    ++refused;
    return failure(errc::overloaded, "the node's memory budget is used up");
  }
  caf::response_promise promise = self->make_response_promise();
  queue.push_back({std::move(holder), request.bytes, promise});
  return promise;
}

void budget_state::serve() {
  while (!queue.empty() && used + queue.front().bytes <= total) {
    auto next = std::move(queue.front());
    queue.pop_front();
    grant(caf::actor_cast<caf::actor_addr>(next.holder), next.bytes);
    next.promise.deliver(caf::unit);
  }
}

void budget_state::release(const caf::actor_addr& holder, uint64_t bytes) {
  const auto gave_up = std::find_if(queue.begin(), queue.end(), [&](const waiting& w) {
    return w.bytes == bytes && caf::actor_cast<caf::actor_addr>(w.holder) == holder;
  });
  if (gave_up != queue.end()) {
    queue.erase(gave_up);
    serve();
    return;
  }
  const auto found = held.find(holder);
  if (found == held.end()) return;
  const auto returned = std::min(bytes, found->second);
  found->second -= returned;
  used -= returned;
  serve();
}

void budget_state::forget(const caf::actor_addr& holder) {
  const auto gone = [&](const waiting& w) { return caf::actor_cast<caf::actor_addr>(w.holder) == holder; };
  queue.erase(std::remove_if(queue.begin(), queue.end(), gone), queue.end());
  if (const auto found = held.find(holder); found != held.end()) {
    used -= found->second;
    held.erase(found);
  }
  serve();
}

std::vector<metric> budget_state::metrics() const {
  const auto number = [](uint64_t value) { return static_cast<double>(value); };
  return {
      {"noctis_memory_budget_bytes", "Memory for arriving data sets.", metric_kind::gauge, {}, number(total), {}, {}},
      {"noctis_memory_budget_used_bytes", "Of it in use.", metric_kind::gauge, {}, number(used), {}, {}},
      {"noctis_memory_budget_waiting",
       "Associations waiting for memory.",
       metric_kind::gauge,
       {},
       number(queue.size()),
       {},
       {}},
      {"noctis_memory_budget_refused_total",
       "Requests for more memory that were refused.",
       metric_kind::counter,
       {},
       number(refused),
       {},
       {}},
  };
}

budget_actor::behavior_type budget(budget_actor::stateful_pointer<budget_state> self, uint64_t total) {
  self->state.self = self;
  self->state.total = total;
  self->set_down_handler([self](const caf::down_msg& down) { self->state.forget(down.source); });
  return {
      [self](const reserve_bytes& request) { return self->state.reserve(request); },
      [self](const release_bytes& returned) {
        self->state.release(caf::actor_cast<caf::actor_addr>(self->current_sender()), returned.bytes);
      },
      [self](metrics_atom) { return self->state.metrics(); },
  };
}

} // namespace noctis
