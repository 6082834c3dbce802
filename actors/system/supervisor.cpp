#include "actors/system/supervisor.hpp"

#include "messages/errors.hpp"

#include <caf/exit_reason.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace noctis {

namespace {

using start_atom = caf::atom_constant<caf::atom("start")>;

} // namespace

void supervisor_state::start_all() {
  running_children named;
  for (size_t i = 0; i < options.children.size(); ++i) {
    const auto& spec = options.children[i];
    if (!running[i]) {
      running[i] = spec.start(self, named);
      self->monitor(running[i]);
    }
    named.emplace(spec.name, running[i]);
  }
  if (options.started) options.started(named);
}

bool supervisor_state::may_restart() {
  const auto now = std::chrono::steady_clock::now();
  while (!restarts.empty() && restarts.front() + options.restart_window < now) restarts.pop_front();
  restarts.push_back(now);
  return restarts.size() <= options.max_restarts;
}

void supervisor_state::down(const caf::down_msg& message) {
  const auto found = std::find_if(running.begin(), running.end(),
                                  [&](const caf::actor& child) { return child && child.address() == message.source; });
  if (found == running.end()) return;
  const auto position = static_cast<size_t>(found - running.begin());
  *found = nullptr;
  asked[position] = false;
  const bool was_asked = stopping && position >= stop_down_to;
  if (!was_asked) {
    spdlog::error("{} ended unasked: {}", options.children[position].name, self->system().render(message.reason));
    stop_down_to = stopping ? std::min(stop_down_to, position) : position;
  }
  end_next();
}

void supervisor_state::end_next() {
  bool waits = false;
  for (auto i = running.size(); i > stop_down_to; --i) {
    if (!running[i - 1]) continue;
    const bool in_turn = !options.children[i - 1].stands_alone;
    if (waits && in_turn) return;
    waits = stopping = true;
    if (!asked[i - 1]) self->send_exit(running[i - 1], caf::exit_reason::user_shutdown);
    asked[i - 1] = true;
    if (in_turn) return;
  }
  if (waits) return;
  stopping = false;
  ended_all();
}

void supervisor_state::ended_all() {
  if (leaving) {
    self->quit(leave_reason);
    return;
  }
  if (!may_restart()) {
    const auto* why = "actors end again and again";
    spdlog::critical("the node gives up: {}", why);
    if (options.given_up) options.given_up(why);
    return;
  }
  self->delayed_send(self, options.restart_delay, start_atom::value);
}

void supervisor_state::leave(const caf::error& reason) {
  leaving = true;
  leave_reason = reason;
  stop_down_to = 0;
  if (!stopping) end_next();
}

caf::behavior supervisor(caf::stateful_actor<supervisor_state>* self, supervisor_options options) {
  auto& state = self->state;
  state.self = self;
  state.options = std::move(options);
  state.running.resize(state.options.children.size());
  state.asked.resize(state.options.children.size());
  self->set_down_handler([self](const caf::down_msg& message) { self->state.down(message); });
  self->set_exit_handler([self](const caf::exit_msg& message) { self->state.leave(message.reason); });
  self->send(self, start_atom::value);
  return {
      [self](start_atom) {
        if (!self->state.leaving) self->state.start_all();
      },
  };
}

} // namespace noctis
