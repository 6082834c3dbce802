#pragma once

#include "messages/actors.hpp"
#include "schema/connection.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <memory>
#include <string>

namespace noctis {

struct reports_options {
  schema::database_options database;
  std::string seal_key; ///< of the system: the same on every node
};

/// Keeps reports through one connection, and checks the password of who signs; detached, several behind one address.
/// It holds nothing of its own.
struct reports_state {
  static inline const char* name = "reports";
  reports_options options;
  std::unique_ptr<schema::database> database;
  std::string nobodys_hash; ///< compared with where the signer is no user any more
};

/// A wrong password is answered with `unauthenticated`.
reports_actor::behavior_type reports(reports_actor::stateful_pointer<reports_state> self, reports_options options);

} // namespace noctis
