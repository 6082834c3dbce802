#pragma once

#include "messages/actors.hpp"
#include "schema/connection.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>

namespace noctis {

/// Keeps what analysers found, verdicts on it and alerts, through one connection; detached. It holds nothing of its
/// own.
struct analyses_state {
  static inline const char* name = "analyses";
  std::unique_ptr<schema::database> database;
};

analyses_actor::behavior_type analyses(analyses_actor::stateful_pointer<analyses_state> self,
                                       schema::database_options database);

} // namespace noctis
