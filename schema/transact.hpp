#pragma once

#include "schema/session.hpp"

#include <pqxx/nontransaction>
#include <pqxx/transaction>

#include <exception>
#include <string>
#include <type_traits>

// For the sources of this room alone: no header that others include may include this one.

namespace noctis::schema {

/// Thrown inside a transaction that met another's fresh rows: it is rolled back and run again.
struct lost_race : std::exception {};

/// How often a transaction runs that keeps losing races (40001, 40P01, `lost_race`).
inline constexpr int max_attempts = 10;

/// Returns `text` without line breaks and without the noise at its ends.
std::string one_line(const std::string& text);

/// Whether the exception in flight says that the transaction was rolled back and may run again.
bool may_run_again();

/// Throws what the exception in flight means as a `database_error`; a `database_error` passes as it is.
[[noreturn]] void translate(database::session& session);

/// Whether the exception in flight is the end of the connection.
bool connection_was_lost(database::session& session);

/// Returns what `work(query&)` returns, run outside a transaction, each statement for itself: for reads. A
/// connection lost while idle is renewed once.
template <class Work>
auto read(database& db, Work work) {
  for (bool again = true;; again = false) {
    auto& session = db.open();
    try {
      pqxx::nontransaction transaction{session.connection()};
      query run{session, transaction};
      return work(run);
    } catch (...) {
      if (!again || !connection_was_lost(session)) translate(session);
    }
    db.reconnect();
  }
}

/// Returns what `work(query&)` returns, after it has been committed. Work that lost a race, or its connection before
/// the commit, has left nothing behind and runs again. Throws `in_doubt` where the commit got no answer.
template <class Work>
auto transact(database& db, Work work) {
  bool reconnected = false;
  for (int attempt = 1;; ++attempt) {
    auto& session = db.open();
    try {
      pqxx::work transaction{session.connection()};
      query run{session, transaction};
      if constexpr (std::is_void_v<decltype(work(run))>) {
        work(run);
        transaction.commit();
        return;
      } else {
        auto result = work(run);
        transaction.commit();
        return result;
      }
    } catch (const pqxx::in_doubt_error&) {
      throw database_error(errc::in_doubt, "the connection to the database was lost during a commit");
    } catch (...) {
      if (connection_was_lost(session) && !reconnected)
        reconnected = true;
      else if (!may_run_again() || attempt >= max_attempts)
        translate(session);
    }
    if (reconnected && !db.is_open()) db.reconnect();
  }
}

} // namespace noctis::schema
