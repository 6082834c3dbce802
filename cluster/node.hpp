#pragma once

#include "cluster/directory.hpp"
#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <string>
#include <vector>

namespace noctis {

/// The actors of one node that its face speaks for; null or empty where the node's roles do not include them.
struct node_parts {
  std::string name;
  services offered;
  listener_actor listener;
  budget_actor budget;
  cache_actor cache;
  metrics_protocol queries; ///< what stands behind the index's `query`
  full_directory_actor directory;
};

/// What other nodes tell the face.
using node_inbox = caf::typed_actor<
    // A node has connected to this one: its name and its face.
    caf::reacts_to<std::string, node_actor>>;
using full_node_actor = node_actor::extend_with<node_inbox>;

/// The face of a node: what it offers, how its parts do, and the way to drain it. It makes the directory know the
/// nodes that connect to this one.
full_node_actor::behavior_type node(full_node_actor::pointer self, node_parts parts);

} // namespace noctis
