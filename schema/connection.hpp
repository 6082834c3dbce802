#pragma once

#include "schema/errors.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace noctis::schema {

struct database_options {
  std::string url;                                     ///< postgresql://… or libpq's key=value form
  std::string application_name = "noctis";             ///< shown in pg_stat_activity
  std::chrono::seconds connect_timeout{5};             ///< for each address of the host
  std::chrono::milliseconds statement_timeout{30'000}; ///< 0: none
};

/// One connection to PostgreSQL, for one thread at a time. It opens at first use, and again at the first use after
/// it was lost. Sessions run with `synchronous_commit=on` and in UTC, whatever the server's configuration says.
class database {
public:
  explicit database(database_options options);
  explicit database(const std::string& url);
  ~database();
  database(database&&) noexcept;
  database& operator=(database&&) noexcept;

  /// Opens a new connection in place of the present one. Throws `index_unavailable`.
  void reconnect();

  /// Returns the milliseconds that an empty statement takes to the server and back. Throws as statements do.
  double ping();

  /// Returns the server's version, e.g. "15.14". Throws as statements do.
  std::string version();

  /// From now on plans are made once, of indexes and nested loops alone: for a connection whose statements all find
  /// their rows by key. Reopens the connection.
  void read_by_key();

  /// Whether a connection is open as far as this side knows.
  [[nodiscard]] bool is_open() const noexcept;

  class session;

  /// The open session, for the sources of this room. Throws `index_unavailable`.
  session& open();

private:
  database_options options_;
  bool reads_by_key_ = false;
  std::unique_ptr<session> session_;
};

} // namespace noctis::schema
