#pragma once

#include "messages/actors.hpp"
#include "schema/connection.hpp"
#include "schema/repositories/sessions.hpp"
#include "schema/repositories/users.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace noctis {

/// Compares passwords with their hashes, which takes long on purpose: a detached child of the accounts actor, so
/// that nobody who is logged in waits for those who log in.
using verifier_actor = caf::typed_actor<
    // Whether the second is the password behind the first.
    caf::replies_to<std::string, std::string>::with<bool>>;

struct accounts_options {
  schema::database_options database;
  std::chrono::seconds session_lifetime{std::chrono::hours{24}}; ///< from the last refresh
  std::chrono::seconds browser_lifetime{std::chrono::hours{12}}; ///< of a browser's session, however busy
};

/// Checks who users are, by their password or by their session, with a connection of its own; detached. Wrong
/// names and wrong passwords cost the same time and get the same words.
struct accounts_state {
  static inline const char* name = "accounts";

  accounts_actor::stateful_pointer<accounts_state> self;
  accounts_options options;
  std::unique_ptr<schema::database> database;
  verifier_actor verifier;
  std::string nobodys_hash; ///< compared with when there is no such user

  void start(accounts_options given);
  caf::result<session_grant> login(const login_request& request);
  session_grant open_session(const user_profile& user, const login_request& request);
  session_grant refresh(const refresh_request& request);
  authenticated authenticate(const authenticate_request& request);
};

accounts_actor::behavior_type accounts(accounts_actor::stateful_pointer<accounts_state> self, accounts_options options);

} // namespace noctis
