#include "schema/connection.hpp"

#include "schema/session.hpp"
#include "schema/transact.hpp"

#include <pqxx/except>
#include <pqxx/prepared_statement>

#include <utility>

namespace noctis::schema {

namespace {

/// Returns `url` with `key=value` unless it sets the key itself.
std::string with_setting(std::string url, const std::string& key, const std::string& value) {
  if (url.find(key + "=") != std::string::npos) return url;
  const bool is_uri = url.find("://") != std::string::npos;
  const char* separator = !is_uri ? " " : url.find('?') == std::string::npos ? "?" : "&";
  return url + separator + key + "=" + value;
}

/// A server that went away without a word is noticed within about 15 seconds.
std::string connection_string(const database_options& options) {
  auto url = with_setting(options.url, "connect_timeout", std::to_string(options.connect_timeout.count()));
  url = with_setting(std::move(url), "keepalives_idle", "5");
  url = with_setting(std::move(url), "keepalives_interval", "5");
  url = with_setting(std::move(url), "keepalives_count", "2");
  return with_setting(std::move(url), "tcp_user_timeout", "15000");
}

std::string quoted(const std::string& value) {
  std::string result = "'";
  for (const char c : value) {
    if (c == '\'') result += c;
    if (c != '\0') result += c;
  }
  return result + "'";
}

} // namespace

database::session::session(const database_options& options) : connection_(connection_string(options)) {
  connection_.set_variable("application_name", quoted(options.application_name));
  connection_.set_variable("client_encoding", "'UTF8'");
  connection_.set_variable("synchronous_commit", "on");
  connection_.set_variable("TimeZone", "'UTC'");
  connection_.set_variable("statement_timeout", std::to_string(options.statement_timeout.count()));
}

void database::session::read_by_key() {
  connection_.set_variable("plan_cache_mode", "force_generic_plan");
  // A plan made while the tables are new would scan them, and be kept while they grow.
  for (const char* habit :
       {"enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_bitmapscan", "enable_material"})
    connection_.set_variable(habit, "off");
}

void database::session::prepare(const statement& what) {
  if (prepared_.insert(what.name).second) connection_.prepare(what.name, what.sql);
}

pqxx::result query::all(const statement& what, const std::vector<std::string>& parameters) {
  session_.prepare(what);
  return transaction_.exec_prepared(what.name, pqxx::prepare::make_dynamic_params(parameters));
}

pqxx::result query::once(const std::string& sql, const std::vector<std::string>& parameters) {
  return transaction_.exec_params(sql, pqxx::prepare::make_dynamic_params(parameters));
}

database::database(database_options options) : options_(std::move(options)) {}

database::database(const std::string& url) { options_.url = url; }

database::~database() = default;
database::database(database&&) noexcept = default;
database& database::operator=(database&&) noexcept = default;

bool database::is_open() const noexcept { return session_ && session_->connection().is_open(); }

void database::reconnect() {
  session_.reset();
  try {
    session_ = std::make_unique<session>(options_);
    if (reads_by_key_) session_->read_by_key();
  } catch (const pqxx::failure& failure) {
    throw database_error(errc::index_unavailable, "the database cannot be reached: " + one_line(failure.what()));
  }
}

void database::read_by_key() {
  reads_by_key_ = true;
  session_.reset();
}

database::session& database::open() {
  if (!is_open()) reconnect();
  return *session_;
}

double database::ping() {
  using clock = std::chrono::steady_clock;
  return read(*this, [](query& run) {
    static constexpr statement nothing{"ping", "select 1"};
    run(nothing);
    const auto start = clock::now();
    run(nothing);
    return std::chrono::duration<double, std::milli>(clock::now() - start).count();
  });
}

std::string database::version() {
  return read(*this, [](query& run) {
    static constexpr statement version{"version", "select split_part(current_setting('server_version'), ' ', 1)"};
    return run(version)[0][0].as<std::string>();
  });
}

} // namespace noctis::schema
