#pragma once

#include "messages/actors.hpp"
#include "schema/connection.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>

namespace noctis {

/// One of several that stand behind a `query_actor`.
using query_worker = query_actor::extend<
    // Answered when all that was asked before is.
    caf::reacts_to<ping_atom>>;

/// Answers questions about the index through one connection, on behalf of the principal in each. It blocks in the
/// database, so it is detached; a `query_pool` runs several.
struct query_state {
  static inline const char* name = "query";
  std::unique_ptr<schema::database> database;
};

query_worker::behavior_type query(query_worker::stateful_pointer<query_state> self, schema::database_options database);

} // namespace noctis
