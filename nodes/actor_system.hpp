#pragma once

#include "nodes/configuration.hpp"

#include <caf/actor_system_config.hpp>

namespace noctis {

/// The one configuration of our actor systems: the message types, the error category, a scheduler that does not
/// sleep while there is work, and the network with mutual TLS where the cluster has certificates.
class noctis_system_config : public caf::actor_system_config {
public:
  explicit noctis_system_config(const configuration& settings);
};

/// Whether this node talks to others.
bool is_clustered(const configuration& settings);

} // namespace noctis
