#pragma once

#include "messages/accounts.hpp"
#include "schema/connection.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace noctis::schema {

/// Sessions: a login, and the chain of refresh secrets that followed. Secrets come here hashed, as 32 to 128
/// lower-case hex digits. Times are those of the database's clock.
class sessions_repository {
public:
  explicit sessions_repository(database& db) : db_(db) {}

  /// Begins a session of a user and returns until when it can be refreshed (ms since the epoch, UTC). `session` is 32
  /// hex digits. `idle_timeout`: how long it lasts without activity, 0 for as long as that. Throws `unauthenticated`
  /// where the user is unknown or inactive.
  int64_t open(const std::string& session, int64_t user, const std::string& secret_hash, std::chrono::seconds lifetime,
               const std::string& address, std::chrono::seconds idle_timeout = {});

  struct rotation {
    user_profile user;
    int64_t refresh_until = 0; ///< ms since the epoch, UTC
  };

  /// Trades the current secret for the next. Throws `unauthenticated` where session and secret do not fit, the
  /// session is over or the user inactive; a secret that was spent before ends the session.
  rotation rotate(const std::string& session, const std::string& secret_hash, const std::string& next_hash,
                  std::chrono::seconds lifetime);

  /// Ends a session; one that is over or unknown stays so.
  void end(const std::string& session);

  /// Returns who stands behind a session. Throws `unauthenticated` where it is over or the user inactive.
  /// `is_activity`: it lasts longer for this.
  user_profile user_of(const std::string& session, bool is_activity = true);

  /// Forgets the sessions that expired before `age` ago; returns how many.
  int64_t prune(std::chrono::seconds age);

private:
  database& db_;
};

} // namespace noctis::schema
