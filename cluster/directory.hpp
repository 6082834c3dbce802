#pragma once

#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <map>
#include <string>

namespace noctis {

/// What the supervisor and the membership tell the directory.
using directory_inbox = caf::typed_actor<
    // This node's face and what it offers, after its actors have started or started again.
    caf::reacts_to<node_actor, services>,
    // A connection to another node stands.
    caf::reacts_to<std::string, node_actor>>;
using full_directory_actor = directory_actor::extend_with<directory_inbox>;

/// Knows the services of this node and of the nodes it is connected with, and forgets a service at once when its
/// actor or its node ends. Spawned first of a node's actors, since the others find each other through it.
struct directory_state {
  struct remote_node {
    node_actor face;
    services offered;
  };
  static inline const char* name = "directory";

  full_directory_actor::stateful_pointer<directory_state> self;
  node_actor own_face;
  services own;
  std::map<std::string, remote_node> remote; ///< by node name

  void set_own(const node_actor& face, const services& offered);
  void connect(const std::string& node, const node_actor& face);
  void ask_for_services(const std::string& node);
  void down(const caf::down_msg& message);
  [[nodiscard]] services reachable() const;
  caf::result<std::vector<node_status>> statuses();

private:
  void watch(const services& offered);
};

full_directory_actor::behavior_type directory(full_directory_actor::stateful_pointer<directory_state> self);

} // namespace noctis
