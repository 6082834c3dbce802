#pragma once

#include "schema/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::schema {

/// One step of the schema: `migrations/NNNN_verb_noun.sql`, never edited after it has landed.
struct migration {
  int32_t version = 0; ///< 1, 2, 3 …
  std::string name;    ///< verb_noun
  std::string sql;
};

/// The migrations of this program, by version.
const std::vector<migration>& embedded_migrations();

/// Brings the schema to the last of `migrations`, each in a transaction of its own, and returns those that were
/// applied now. Two nodes that migrate at once take turns.
/// Throws `state_conflict` where the database has a migration that the program lacks or that reads differently, and
/// `database_failure` where the server cannot carry the schema (encoding, version) or a migration fails.
std::vector<migration> migrate(database& db, const std::vector<migration>& migrations = embedded_migrations());

/// Returns the version of the schema, 0 for an empty database.
int32_t schema_version(database& db);

} // namespace noctis::schema
