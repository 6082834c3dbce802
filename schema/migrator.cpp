#include "schema/migrator.hpp"

#include "schema/transact.hpp"

#include <map>

namespace noctis::schema {

namespace {

struct landed_migration {
  std::string name;
  std::string checksum;
};

// Any number that no other program locks in the same database: "noctis" in ASCII.
constexpr statement take_turns{"migrations_lock", "select pg_advisory_xact_lock(x'6e6f63746973'::bigint)"};
constexpr statement checksum{"migrations_checksum", "select encode(sha256(convert_to($1, 'UTF8')), 'hex')"};
constexpr statement landed{"migrations_landed", "select version, name, checksum from schema_migrations"};
constexpr statement record{"migrations_record", "insert into schema_migrations (version, name, checksum) "
                                                "values ($1, $2, $3)"};
constexpr statement table_exists{"migrations_table", "select to_regclass('schema_migrations') is not null"};
constexpr statement server_facts{"migrations_server", "select current_setting('server_version_num')::int >= 150000, "
                                                      "current_setting('server_encoding')"};

constexpr const char* create_table = "create table if not exists schema_migrations ("
                                     "  version integer primary key,"
                                     "  name text not null,"
                                     "  checksum text not null,"
                                     "  applied_at timestamptz not null default now())";

std::string title(const migration& step) { return std::to_string(step.version) + " (" + step.name + ")"; }

void check_server(query& run) {
  const auto row = run(server_facts)[0];
  if (!row[0].as<bool>()) throw database_error(errc::database_failure, "the schema needs PostgreSQL 15 or newer");
  if (row[1].as<std::string>() != "UTF8")
    throw database_error(errc::database_failure,
                         "the schema needs a database with the encoding UTF8, not " + row[1].as<std::string>());
}

void check_landed(const migration& step, const landed_migration& there, const std::string& sum) {
  if (there.checksum == sum && there.name == step.name) return;
  throw database_error(errc::state_conflict, "migration " + title(step) +
                                                 " differs from the one that this database was built with: "
                                                 "a migration must not be edited after it has landed");
}

/// Applies the first migration that the database lacks; returns whether there was one.
bool apply_next(query& run, const std::vector<migration>& migrations, migration& applied) {
  run.script("set local statement_timeout = 0");
  run(take_turns);
  check_server(run);
  run.script("set local client_min_messages = warning");
  run.script(create_table);
  std::map<int32_t, landed_migration> there;
  for (const auto& row : run(landed))
    there[row[0].as<int32_t>()] = {row[1].as<std::string>(), row[2].as<std::string>()};
  const int32_t last = migrations.empty() ? 0 : migrations.back().version;
  if (!there.empty() && there.rbegin()->first > last)
    throw database_error(errc::state_conflict, "the database has schema version " +
                                                   std::to_string(there.rbegin()->first) +
                                                   ", this program knows versions up to " + std::to_string(last) +
                                                   ": it is older than the database");
  for (const auto& step : migrations) {
    const auto sum = run(checksum, step.sql)[0][0].as<std::string>();
    if (const auto found = there.find(step.version); found != there.end()) {
      check_landed(step, found->second, sum);
      continue;
    }
    try {
      run.script(step.sql);
    } catch (const pqxx::sql_error& error) {
      throw database_error(errc::database_failure, "migration " + title(step) + " failed: " + one_line(error.what()),
                           error.sqlstate());
    }
    run(record, step.version, step.name, sum);
    applied = step;
    return true;
  }
  return false;
}

} // namespace

std::vector<migration> migrate(database& db, const std::vector<migration>& migrations) {
  std::vector<migration> applied;
  migration step;
  while (transact(db, [&](query& run) { return apply_next(run, migrations, step); })) applied.push_back(step);
  return applied;
}

int32_t schema_version(database& db) {
  return read(db, [](query& run) {
    if (!run(table_exists)[0][0].as<bool>()) return 0;
    static constexpr statement newest{"migrations_newest", "select coalesce(max(version), 0) from schema_migrations"};
    return run(newest)[0][0].as<int32_t>();
  });
}

} // namespace noctis::schema
