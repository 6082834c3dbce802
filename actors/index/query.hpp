#pragma once

#include "messages/actors.hpp"
#include "schema/connection.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>

namespace noctis {

/// Answers questions about the index through one connection, on behalf of the principal in each. It blocks in the
/// database, so it is detached; the node runs several behind one address.
struct query_state {
  static inline const char* name = "query";
  std::unique_ptr<schema::database> database;
};

query_actor::behavior_type query(query_actor::stateful_pointer<query_state> self, schema::database_options database);

} // namespace noctis
