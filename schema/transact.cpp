#include "schema/transact.hpp"

#include <pqxx/except>

#include <cctype>

namespace noctis::schema {

namespace {

/// Returns what a SQLSTATE (PostgreSQL, appendix A) means to us.
errc code_of_sqlstate(const std::string& state) {
  const auto is_class = [&](const char* name) { return state.compare(0, 2, name) == 0; };
  if (is_class("08") || state == "57P01" || state == "57P02" || state == "57P03" || state == "53300")
    return errc::index_unavailable;
  if (state == "57014" || state == "55P03") return errc::timeout;
  if (is_class("22")) return errc::invalid_argument;
  return errc::database_failure;
}

} // namespace

std::string one_line(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!blank)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

bool may_run_again() {
  try {
    throw;
  } catch (const lost_race&) {
    return true;
  } catch (const pqxx::statement_completion_unknown&) {
    return false;
  } catch (const pqxx::transaction_rollback&) {
    return true;
  } catch (...) {
    return false;
  }
}

bool connection_was_lost(database::session& session) {
  try {
    throw;
  } catch (const pqxx::broken_connection&) {
    return true;
  } catch (const pqxx::pqxx_exception&) {
    return !session.connection().is_open();
  } catch (...) {
    return false;
  }
}

void translate(database::session& session) {
  const bool open = session.connection().is_open();
  try {
    throw;
  } catch (const database_error&) {
    throw;
  } catch (const lost_race&) {
    throw database_error(errc::database_failure, "the transaction met others at the same rows each time it ran");
  } catch (const pqxx::sql_error& error) {
    const auto& state = error.sqlstate();
    throw database_error(open ? code_of_sqlstate(state) : errc::index_unavailable,
                         "the database answered: " + one_line(error.what()), state);
  } catch (const pqxx::transaction_rollback& error) {
    throw database_error(errc::database_failure, "the database answered: " + one_line(error.what()), "40000");
  } catch (const pqxx::pqxx_exception& error) {
    const bool lost = !open || dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr;
    throw database_error(lost ? errc::index_unavailable : errc::database_failure,
                         (lost ? "the connection to the database was lost: " : "the database failed: ") +
                             one_line(error.base().what()));
  }
}

} // namespace noctis::schema
