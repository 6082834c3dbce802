#pragma once

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
};

/// The face of a node: what it offers, how its parts do, and the way to drain it.
node_actor::behavior_type node(node_actor::pointer self, node_parts parts);

} // namespace noctis
