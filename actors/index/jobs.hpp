#pragma once

#include "messages/actors.hpp"
#include "schema/connection.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>

namespace noctis {

/// Keeps the ledger of background work through one connection; detached, several behind one address. It holds
/// nothing of its own: whoever asks next, asks the database. Workers claim again when they are done, and every few
/// seconds while there is nothing.
struct jobs_state {
  static inline const char* name = "jobs";
  std::unique_ptr<schema::database> database;
};

jobs_actor::behavior_type jobs(jobs_actor::stateful_pointer<jobs_state> self, schema::database_options database);

} // namespace noctis
