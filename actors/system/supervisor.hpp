#pragma once

#include <caf/actor.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace noctis {

/// The children that run, by name: what the factory of a later child finds its neighbours in.
using running_children = std::map<std::string, caf::actor>;

struct child_spec {
  std::string name;
  std::function<caf::actor(caf::event_based_actor* supervisor, const running_children& earlier)> start;
  bool stands_alone = false; ///< knows no other that stands alone: neighbours that do end at once, not in turn
};

struct supervisor_options {
  std::vector<child_spec> children; ///< in the order of their start: a child may use those before it
  std::function<void(const running_children&)> started; ///< called when all run, first or again
  std::function<void(const std::string& why)> given_up;
  size_t max_restarts = 10; ///< within `restart_window`; then the node gives up
  std::chrono::seconds restart_window{60};
  std::chrono::milliseconds restart_delay{200};
};

/// Keeps a node's long-lived actors running. When one ends unasked, it and all that started after it, which may
/// hold its address, are ended in reverse order and started again. On EXIT it ends all of them in reverse order, one
/// after the other but for those that stand alone, and then itself.
struct supervisor_state {
  static inline const char* name = "supervisor";

  caf::event_based_actor* self = nullptr;
  supervisor_options options;
  std::vector<caf::actor> running; ///< as `options.children`; null where none runs
  std::vector<bool> asked;         ///< to end, of those that run
  std::deque<std::chrono::steady_clock::time_point> restarts;
  size_t stop_down_to = 0; ///< children from here on are to end
  bool stopping = false;   ///< a child has been asked to end
  bool leaving = false;
  caf::error leave_reason;

  void start_all();
  void down(const caf::down_msg& message);
  void leave(const caf::error& reason);

private:
  void end_next();
  void ended_all();
  bool may_restart();
};

caf::behavior supervisor(caf::stateful_actor<supervisor_state>* self, supervisor_options options);

} // namespace noctis
