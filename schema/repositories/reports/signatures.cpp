#include "schema/repositories/reports/signatures.hpp"

#include "schema/repositories/changes.hpp"
#include "schema/repositories/reports/changes.hpp"
#include "schema/repositories/reports/checks.hpp"
#include "schema/repositories/reports/json.hpp"
#include "schema/repositories/reports/rows.hpp"
#include "schema/repositories/reports/seal.hpp"
#include "schema/repositories/study_moves.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>

namespace noctis::schema {

namespace {

constexpr statement find_hash{"reports_hash", "select password_hash from users where id = $1 and active"};
constexpr statement find_signer{"reports_signer", R"sql(
select coalesce(nullif(full_name, ''), username), (extract(epoch from now()) * 1000)::bigint
from users where id = $1 and active)sql"};
constexpr statement add_version{"reports_version", R"sql(
insert into report_versions (report, version, signed_by, signed_at, status, signer_name, digest, seal, identity, content)
values ($1, $2, $3, to_timestamp($4::bigint / 1000.0), $5, $6, $7, $8, $9, $10))sql"};
// From the last image to the signature: of an image that came before it.
constexpr statement close_draft{"reports_signed", R"sql(
update reports r set draft = null, editor = null, editor_until = null, editing_since = null, version = $2, status = $3,
  revision = revision + 1, updated_at = now(), images_until = coalesce(r.images_until,
    (select max(i.received_at) from series e join instances i on i.series = e.id where e.study = r.study))
where id = $1)sql"};
constexpr statement keep_words{"reports_keep_words",
                               "update report_texts set version = $2 where report = $1 and version = 0"};
constexpr statement set_status{"reports_study_status",
                               "update kept_studies set status = $2, updated_at = now() where id = $1"};
constexpr statement lock_study{"reports_lock_study", "select status from kept_studies where id = $1 for no key update"};
constexpr statement submit_job{"reports_job", R"sql(
insert into jobs (queue, unique_key, facility, priority, study, max_attempts, payload)
select $1, 'report ' || $2::bigint || ' ' || $3::integer, s.facility, s.priority, s.id, 20,
  jsonb_build_object('report', $2::bigint, 'version', $3::integer, 'study_uid', s.uid)
from kept_studies s where s.id = $4
on conflict (unique_key) where state in ('pending', 'running') do nothing
returning id)sql"};
constexpr statement note_documents{"reports_documents", R"sql(
update report_versions set document_uid = $3, sr_uid = $4 where report = $1 and version = $2
  and (document_uid, sr_uid) is distinct from ($3, $4) returning report)sql"};

[[noreturn]] void refuse(const report& known, const std::string& why) {
  throw database_error(errc::state_conflict, "report " + std::to_string(known.id) + " " + why);
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

void check_status(const report& known, const std::string& status) {
  const bool is_final = known.status == "final" || known.status == "amended";
  if (status != "preliminary" && status != "final" && status != "amended")
    throw database_error(errc::invalid_argument, "status is preliminary, final or amended");
  if ((status == "amended") != is_final) refuse(known, "is " + known.status + " and does not become " + status);
}

void check_text(const report& known, const std::string& status) {
  const auto& sections = known.content.sections;
  if (std::all_of(sections.begin(), sections.end(), [](const report_section& one) { return is_blank(one.text); }))
    throw database_error(errc::invalid_argument, "sections: a report without any text is not signed");
  check_filled_in(known.content);
  if (status == "amended" && is_blank(known.content.addendum))
    throw database_error(errc::invalid_argument, "addendum: an amendment says what it changes, and why");
}

report_identity identity_of(const report& known, const report_signing& request, const pqxx::row& signer) {
  report_identity who;
  who.report = known.id;
  who.version = known.version + 1;
  who.status = request.status;
  who.study_uid = known.study.attributes.uid;
  who.accession_number = known.study.attributes.accession_number;
  who.patient_id = known.study.patient.patient_id;
  who.issuer = known.study.patient.issuer;
  who.patient_name = known.study.patient.name;
  who.birth_date = known.study.patient.birth_date;
  who.signer = request.who.id;
  who.signer_name = signer[0].as<std::string>();
  who.signed_at = signer[1].as<int64_t>();
  who.former_digest = known.signature.digest;
  return who;
}

void add_signed(query& run, const report_identity& who, const report_content& what, const std::string& seal_key) {
  const auto content = content_of(what);
  const auto identity = json_of(who);
  const auto digest = report_digest(sha256_of(content), sha256_of(identity));
  run(add_version, who.report, who.version, who.signer, who.signed_at, who.status, who.signer_name, digest,
      report_seal(seal_key, digest), identity, content);
  run(close_draft, who.report, who.version, who.status);
  run(keep_words, who.report, who.version);
}

/// The study follows its report, as far as it may.
void move_study(query& run, const principal& who, const report& known, const std::string& status) {
  const auto& study = known.study;
  const auto from = run(lock_study, study.id)[0][0].as<std::string>();
  const auto steps = study_steps(from, status == "preliminary" ? "reported" : "approved");
  if (steps.empty()) return;
  announce_study_changes(run, who);
  for (const auto& step : steps) run(set_status, study.id, step);
  tell_study(run, "study.updated", study.facility.id, study.id, study.attributes.uid,
             R"(,"change":"status","status":)" + json_string(steps.back()));
}

void tell_signed(query& run, const report& now) {
  tell_study(run, "report.signed", now.study.facility.id, now.study.id, now.study.attributes.uid,
             R"(,"report":)" + std::to_string(now.id) + R"(,"status":)" + json_string(now.status) + R"(,"version":)" +
                 std::to_string(now.version));
}

} // namespace

std::string report_signatures_repository::password_hash(const principal& who) {
  require_user(who, permission::report_sign);
  const auto rows = read(db_, [&](query& run) { return run(find_hash, who.id); });
  return rows.empty() ? std::string{} : rows[0][0].as<std::string>();
}

report report_signatures_repository::sign(const report_signing& request) {
  require_user(request.who, permission::report_sign);
  return transact(db_, [&](query& run) {
    const auto known = lock_report(run, request.who, request.id, seal_key_);
    if (known.revision != request.revision)
      refuse(known, "has been changed meanwhile: it is revision " + std::to_string(known.revision) + " now");
    if (!known.editing) refuse(known, "has nothing to sign: it is " + known.status);
    check_editor(known, request.who);
    check_status(known, request.status);
    check_text(known, request.status);
    const auto signer = run(find_signer, request.who.id);
    if (signer.empty()) throw database_error(errc::permission_denied, "there is no such user any more");
    const auto who = identity_of(known, request, signer[0]);
    add_signed(run, who, known.content, seal_key_);
    move_study(run, request.who, known, request.status);
    const auto job = run(submit_job, report_queue, known.id, who.version, known.study.id);
    if (!job.empty()) tell_jobs(run, {job[0][0].as<int64_t>()});
    auto result = read_report(run, request.who, known.id, seal_key_);
    audit_report(run, request.who, "report.sign", result,
                 R"(,"version":)" + std::to_string(who.version) + R"(,"status":)" + json_string(who.status) +
                     R"(,"digest":)" + json_string(result.signature.digest));
    tell_signed(run, result);
    tell_report(run, result);
    return result;
  });
}

report_versions report_signatures_repository::list(const report_request& request) {
  require(request.who, permission::study_view);
  return read(db_, [&](query& run) {
    const auto known = read_report(run, request.who, request.id, seal_key_);
    report_versions result{known.id, {}};
    for (const auto& row : run.once("select " NOCTIS_REPORT_SIGNATURE ", v.content, v.document_uid, v.sr_uid "
                                    "from report_versions v where v.report = $1::bigint order by v.version",
                                    {std::to_string(known.id)})) {
      constexpr int content = 10;
      report_version version;
      version.version = row[0].as<int32_t>();
      version.status = row[1].as<std::string>();
      version.signature = signature_from(row, 0, known.id, known.study.attributes.uid, seal_key_);
      version.content = report_content_from(row[content].as<std::string>());
      version.document_uid = row[content + 1].as<std::string>();
      version.sr_uid = row[content + 2].as<std::string>();
      result.versions.push_back(std::move(version));
    }
    return result;
  });
}

void report_signatures_repository::stored(const report_documents& documents) {
  transact(db_, [&](query& run) {
    const auto known = lock_report(run, documents.who, documents.report, seal_key_);
    const auto noted = run(note_documents, documents.report, documents.version, storable(documents.document_uid, 64),
                           storable(documents.sr_uid, 64));
    if (!noted.empty()) tell_report(run, known);
  });
}

} // namespace noctis::schema
