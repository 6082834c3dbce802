#pragma once

#include "schema/connection.hpp"

#include <pqxx/connection>
#include <pqxx/result>
#include <pqxx/transaction_base>

#include <string>
#include <unordered_set>
#include <vector>

// For the sources of this room alone: no header that others include may include this one.

namespace noctis::schema {

/// A statement that is prepared at its first use on a connection; both strings live as long as the program.
struct statement {
  const char* name;
  const char* sql;
};

class database::session {
public:
  explicit session(const database_options& options);

  pqxx::connection& connection() noexcept { return connection_; }

  /// See `database::read_by_key`.
  void read_by_key();

  /// Prepares `what` unless this connection knows it.
  void prepare(const statement& what);

private:
  pqxx::connection connection_;
  std::unordered_set<const char*> prepared_;
};

/// What runs in one transaction.
class query {
public:
  query(database::session& session, pqxx::transaction_base& transaction)
      : session_(session), transaction_(transaction) {}

  /// Runs a prepared statement.
  template <class... Parameters>
  pqxx::result operator()(const statement& what, const Parameters&... parameters) {
    session_.prepare(what);
    return transaction_.exec_prepared(what.name, parameters...);
  }

  /// Runs a prepared statement with as many parameters as the vector has.
  pqxx::result all(const statement& what, const std::vector<std::string>& parameters);

  /// Runs a statement made for this call, planned for these parameters.
  pqxx::result once(const std::string& sql, const std::vector<std::string>& parameters = {});

  /// Runs several statements without parameters.
  void script(const std::string& sql) { transaction_.exec(sql); }

private:
  database::session& session_;
  pqxx::transaction_base& transaction_;
};

} // namespace noctis::schema
