#pragma once

#include "messages/annotations.hpp"

#include <pqxx/row>

#include <string>

// How annotations stand in the database. For the sources of this room alone.

namespace noctis::schema {

// One version `v` of the annotation `a` of the set `t` of the study `s` and the user `u`.
#define NOCTIS_ANNOTATION_COLUMNS                                                                                      \
  "a.id, t.study, s.uid, v.content, v.version, t.author, u.username, u.full_name, "                                    \
  "(extract(epoch from a.created_at) * 1000)::bigint, (extract(epoch from v.at) * 1000)::bigint, v.deleted, "          \
  "coalesce(v.document, '')"
#define NOCTIS_ANNOTATION_TABLES                                                                                       \
  "annotation_sets t join annotations a on a.set_id = t.id join annotation_versions v on v.annotation = a.id "         \
  "join users u on u.id = t.author join studies s on s.id = t.study"

/// Returns what a client says of an annotation and the index of its image, as JSON; the same for the same.
std::string content_of(const annotation& what);

/// Reads `NOCTIS_ANNOTATION_COLUMNS`.
annotation annotation_from(const pqxx::row& row);

} // namespace noctis::schema
