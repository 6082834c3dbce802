#pragma once

#include "http/application.hpp"
#include "http/options.hpp"
#include "messages/actors.hpp"

#include <caf/expected.hpp>

namespace noctis {

/// The HTTP facade: owns a web server and answers its requests by asking other actors.
using facade_actor = caf::typed_actor<
    // The port that it listens on.
    caf::replies_to<ping_atom>::with<uint16_t>,
    // Whether it serves.
    caf::replies_to<status_atom>::with<component_status>>::extend_with<metrics_protocol>;

/// Starts to listen and spawns the facade, detached. On EXIT it takes no more connections, gives requests under
/// way `stop_grace`, cuts off the rest and ends. Fails when the address is taken or the certificate unreadable.
caf::expected<facade_actor> spawn_facade(caf::actor_system& system, http_options options, http_services services);

} // namespace noctis
