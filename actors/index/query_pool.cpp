#include "actors/index/query_pool.hpp"

#include <caf/message_view.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <utility>

namespace noctis {

void query_pool_state::start(query_pool_options given) {
  options = std::move(given);
  self->set_down_handler([this](const caf::down_msg& down) { replace(down.source); });
  while (workers.size() < options.workers) add_worker();
}

void query_pool_state::add_worker() {
  const auto worker = options.make_worker();
  self->monitor(worker);
  workers.push_back(worker);
  idle.push_back(worker);
}

void query_pool_state::replace(const caf::actor_addr& dead) {
  const auto is_dead = [&](const caf::actor& worker) { return worker.address() == dead; };
  const auto found = std::find_if(workers.begin(), workers.end(), is_dead);
  if (found == workers.end()) return;
  workers.erase(found);
  idle.erase(std::remove_if(idle.begin(), idle.end(), is_dead), idle.end());
  ++replaced;
  add_worker();
  hand_out();
}

void query_pool_state::take(caf::response_promise promise, caf::message content) {
  if (idle.empty() && queue.size() >= options.queue) {
    ++refused;
    return promise.deliver(failure(errc::overloaded, "too many queries wait for the database"));
  }
  queue.push_back({std::move(promise), std::move(content), clock::now()});
  hand_out();
}

void query_pool_state::hand_out() {
  while (!queue.empty() && !idle.empty()) {
    auto next = std::move(queue.front());
    queue.pop_front();
    if (clock::now() - next.since > options.longest_wait) {
      next.promise.deliver(failure(errc::timeout, "the query waited too long for the database"));
      continue;
    }
    const auto worker = idle.back();
    idle.pop_back();
    work(worker, std::move(next.promise), std::move(next.content));
  }
}

void query_pool_state::work(const caf::actor& worker, caf::response_promise promise, caf::message content) {
  // The worker answers the caller itself.
  promise.delegate(worker, std::move(content));
  self->request(worker, caf::infinite, ping_atom::value)
      .then(
          [this, worker] {
            idle.push_back(worker);
            hand_out();
          },
          [](const caf::error&) {}); // it died: the down message replaces it
}

void query_pool_state::end() {
  for (auto& one : queue) one.promise.deliver(failure(errc::shutting_down, "this node is shutting down"));
  queue.clear();
  for (const auto& worker : workers) {
    self->demonitor(worker);
    caf::anon_send_exit(worker, caf::exit_reason::user_shutdown);
  }
}

std::vector<metric> query_pool_state::metrics() const {
  const auto gauge = [](const char* name, const char* help, size_t value) {
    return metric{name, help, metric_kind::gauge, {}, static_cast<double>(value), {}, {}};
  };
  const auto counter = [](const char* name, const char* help, int64_t value) {
    return metric{name, help, metric_kind::counter, {}, static_cast<double>(value), {}, {}};
  };
  return {gauge("noctis_queries_running", "Queries that a worker answers", workers.size() - idle.size()),
          gauge("noctis_queries_waiting", "Queries that wait for a worker", queue.size()),
          counter("noctis_queries_refused_total", "Queries refused for overload", refused),
          counter("noctis_query_workers_replaced_total", "Query workers that died", replaced)};
}

caf::behavior query_pool(caf::stateful_actor<query_pool_state>* self, query_pool_options options) {
  self->state.start(std::move(options));
  self->set_exit_handler([self](const caf::exit_msg& exit) {
    self->state.end();
    self->quit(exit.reason);
  });
  self->set_default_handler([self](caf::scheduled_actor*, caf::message_view& view) -> caf::result<caf::message> {
    auto promise = self->make_response_promise();
    self->state.take(promise, view.move_content_to_message());
    return promise;
  });
  return {[self](metrics_atom) { return self->state.metrics(); }};
}

} // namespace noctis
