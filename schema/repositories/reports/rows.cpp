#include "schema/repositories/reports/rows.hpp"

#include "schema/errors.hpp"
#include "schema/repositories/reports/seal.hpp"
#include "schema/repositories/study_rows.hpp"

namespace noctis::schema {

namespace {

constexpr int study_columns = 31;
constexpr int report_columns = 12;
constexpr int signature_columns = 10;

} // namespace

const int after_report_columns = study_columns + report_columns + signature_columns;

void throw_no_report(int64_t id) { throw database_error(errc::not_found, "there is no report " + std::to_string(id)); }

report_signature signature_from(const pqxx::row& row, int first, int64_t report, const std::string& study_uid,
                                const std::string& seal_key) {
  const auto version = row[first].as<int32_t>();
  report_signature result;
  result.signed_by = row[first + 2].as<std::string>();
  result.user = row[first + 3].as<int64_t>();
  result.signed_at = row[first + 4].as<int64_t>();
  result.digest = row[first + 5].as<std::string>();
  result.seal = row[first + 6].as<std::string>();
  if (version == 0) return result;
  const auto json = row[first + 8].as<std::string>();
  const auto who = identity_from(json);
  const bool is_about_this = who.report == report && who.version == version && who.study_uid == study_uid &&
                             who.status == row[first + 1].as<std::string>() && who.signer == result.user &&
                             who.signer_name == result.signed_by && who.signed_at == result.signed_at &&
                             who.former_digest == row[first + 9].as<std::string>();
  result.intact = is_about_this && result.seal == report_seal(seal_key, result.digest) &&
                  result.digest == report_digest(row[first + 7].as<std::string>(), sha256_of(json));
  return result;
}

report report_from(const pqxx::row& row, const std::string& seal_key) {
  report result;
  result.study = study_from(row);
  int next = study_columns;
  result.id = row[next++].as<int64_t>();
  result.status = row[next++].as<std::string>();
  result.version = row[next++].as<int32_t>();
  result.editing = row[next++].as<bool>();
  result.revision = row[next++].as<int64_t>();
  result.author = row[next++].as<int64_t>();
  result.author_name = row[next++].as<std::string>();
  result.editor = row[next].is_null() ? 0 : row[next].as<int64_t>();
  ++next;
  result.editor_name = row[next++].as<std::string>();
  result.editing_since = row[next].is_null() ? 0 : row[next].as<int64_t>();
  ++next;
  result.created_at = row[next++].as<int64_t>();
  result.updated_at = row[next++].as<int64_t>();
  result.signature = signature_from(row, next, result.id, result.study.attributes.uid, seal_key);
  // A version that is gone, or a status that it does not have, is as broken as one that was changed.
  if (row[next].as<int32_t>() != result.version ||
      (result.version > 0 && row[next + 1].as<std::string>() != result.status))
    result.signature.intact = false;
  return result;
}

} // namespace noctis::schema
