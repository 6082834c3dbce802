#pragma once

#include "messages/ingest.hpp"
#include "schema/connection.hpp"
#include "schema/migrator.hpp"
#include "schema/repositories/index/index.hpp"
#include "tests/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace noctis::test {

/// Returns the options of a new, empty database on the server that DATABASE_URL names.
schema::database_options empty_database();

/// Returns the first column of the first row that a statement answers, in a session of its own.
std::string ask(const schema::database_options& options, const std::string& sql);

/// Runs statements in a session of its own.
void tell(const schema::database_options& options, const std::string& sql);

/// An empty, migrated database.
struct migrated {
  schema::database_options options = empty_database();
  schema::database db{options};

  migrated() { schema::migrate(db); }
  std::string ask(const std::string& sql) const { return test::ask(options, sql); }
};

/// The principal of an application entity in one facility.
principal entity(int64_t facility, const std::string& title = "CT1");

/// Returns an entry for instance `instance` of series `series` in study `study`: every number its own UID, file and
/// bytes; the patient is that of the study.
index_entry entry(int study, int series, int instance);

/// Returns the UID that `entry` gives to a level ("study", "series", "instance") and number.
std::string uid(const std::string& level, int number);

/// Returns 32 hex digits that stand for `number`.
std::string digest(int number);

/// Returns the result in an answer, or fails the test with its refusal.
index_result result_of(const schema::index_answer& answer);

/// Returns the refusal in an answer, or fails the test.
schema::index_refusal refusal_of(const schema::index_answer& answer);

/// Indexes one entry.
schema::index_answer index(schema::database& db, const index_entry& entry);

/// Whether a `database_error` has this code.
inline auto has_code(errc code) {
  return [code](const schema::database_error& error) {
    BOOST_TEST_MESSAGE(error.what());
    return error.code() == code;
  };
}

} // namespace noctis::test
