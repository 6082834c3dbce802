#pragma once

#include "messages/reports.hpp"

#include <pqxx/row>

#include <string>

// How reports become structs. For the sources of this room alone.

namespace noctis::schema {

// The version `v` and what its signature is held against: who signed, when, digest and seal, the digests of what is
// there now, and the digest of the version before.
#define NOCTIS_REPORT_SIGNATURE                                                                                        \
  "coalesce(v.version, 0), coalesce(v.status, ''), coalesce(v.signer_name, ''), coalesce(v.signed_by, 0), "            \
  "coalesce((extract(epoch from v.signed_at) * 1000)::bigint, 0), coalesce(v.digest, ''), coalesce(v.seal, ''), "      \
  "coalesce(encode(sha256(convert_to(v.content, 'UTF8')), 'hex'), ''), coalesce(v.identity, ''), "                     \
  "coalesce((select w.digest from report_versions w where w.report = v.report and w.version = v.version - 1), '')"

// The report `r`, after the columns of its study, before those of its newest version.
#define NOCTIS_REPORT_COLUMNS                                                                                          \
  "r.id, r.status, r.version, r.draft is not null, r.revision, r.author, "                                             \
  "(select coalesce(nullif(u.full_name, ''), u.username) from users u where u.id = r.author), "                        \
  "case when r.editor_until > now() then r.editor else 0 end, "                                                        \
  "coalesce((select coalesce(nullif(u.full_name, ''), u.username) from users u "                                       \
  "where u.id = r.editor and r.editor_until > now()), ''), "                                                           \
  "case when r.editor_until > now() then (extract(epoch from r.editing_since) * 1000)::bigint else 0 end, "            \
  "(extract(epoch from r.created_at) * 1000)::bigint, (extract(epoch from r.updated_at) * "                            \
  "1000)::bigint, " NOCTIS_REPORT_SIGNATURE
#define NOCTIS_REPORT_TABLES                                                                                           \
  "reports r join " NOCTIS_STUDY_TABLES " on s.id = r.study "                                                          \
  "left join report_versions v on v.report = r.id and v.version = r.version"

/// What a report is called where it is told that there is none.
[[noreturn]] void throw_no_report(int64_t id);

/// Reads `NOCTIS_REPORT_SIGNATURE` from column `first` on; intact where the row is what was signed, in the study of
/// that UID.
report_signature signature_from(const pqxx::row& row, int first, int64_t report, const std::string& study_uid,
                                const std::string& seal_key);

/// Where the columns of a report's newest version end.
extern const int after_report_columns;

/// Reads `NOCTIS_STUDY_COLUMNS, NOCTIS_REPORT_COLUMNS`, all but content and snippet.
report report_from(const pqxx::row& row, const std::string& seal_key);

} // namespace noctis::schema
