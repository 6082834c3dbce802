#pragma once

#include "messages/accounts.hpp"
#include "schema/rows.hpp"

// For the sources of this room alone.

namespace noctis::schema {

/// The columns that `profile_from` reads, of `users u`.
#define NOCTIS_USER_COLUMNS                                                                                            \
  "u.id, u.username, u.full_name, u.role, u.active, u.password_hash, "                                                 \
  "array(select f.id::text from user_facilities uf join facilities f on f.id = uf.facility "                           \
  "where uf.account = u.id order by uf.position), "                                                                    \
  "array(select f.name from user_facilities uf join facilities f on f.id = uf.facility "                               \
  "where uf.account = u.id order by uf.position)"

/// Reads a profile from a row that begins with these columns.
user_profile profile_from(const pqxx::row& row);

} // namespace noctis::schema
