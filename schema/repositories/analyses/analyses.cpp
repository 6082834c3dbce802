#include "schema/repositories/analyses/analyses.hpp"

#include "schema/array_columns.hpp"
#include "schema/repositories/analyses/alert_rules.hpp"
#include "schema/repositories/analyses/checks.hpp"
#include "schema/repositories/analyses/rows.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <unordered_map>

namespace noctis::schema {

namespace {

const std::string select_runs = "select " NOCTIS_ANALYSIS_COLUMNS " from analyses a join studies s on s.id = a.study "
                                "where ";

constexpr statement find_findings{"analyses_findings", "select " NOCTIS_FINDING_COLUMNS " from " NOCTIS_FINDING_TABLES
                                                       " where f.analysis = any($1::bigint[]) "
                                                       "order by f.analysis, f.ordinal"};

constexpr statement find_same{"analyses_same", R"sql(
select id, state, superseded from analyses
where study = $1 and series_uid = $2 and analyser = $3 and version = $4 and input_digest = $5)sql"};

constexpr statement forget_run{"analyses_forget", "delete from analyses where id = $1"};

constexpr statement supersede_others{"analyses_supersede", R"sql(
update analyses set superseded = id <> $4
where study = $1 and series_uid = $2 and analyser = $3 and superseded = (id = $4))sql"};

constexpr statement insert_run{"analyses_insert", R"sql(
insert into analyses (study, facility, job, started_at, seconds, urgent, state, series_uid, analyser, version,
                      input_digest, report_uid, segmentation_uid, segmentation_series_uid, urgency_reason, error,
                      warnings, details, findings)
values ($1, $2, nullif($3::bigint, 0),
        case when $4::bigint = 0 then now() else to_timestamp($4::bigint / 1000.0) end, $5, $6, $7, $8, $9, $10, $11,
        $12, $13, $14, $15, $16, $17::text[], $18::jsonb, $19)
returning id)sql"};

constexpr statement insert_findings{"analyses_insert_findings", R"sql(
insert into analysis_findings (analysis, ordinal, kind, content)
select $1, e.n, e.kind, e.content from unnest($2::text[], $3::jsonb[]) with ordinality as e (kind, content, n))sql"};

constexpr statement lock_finding{"analyses_lock_finding",
                                 "select from analysis_findings where id = $1 for no key update"};

constexpr statement set_verdict{"analyses_verdict", R"sql(
update analysis_findings set verdict = $2, verdict_by = case when $2 = '' then null else $3::bigint end,
  verdict_at = case when $2 = '' then null else now() end where id = $1)sql"};

constexpr statement count_verdict{"analyses_count_verdict", R"sql(
update analyses set accepted = accepted + ($3 = 'accepted')::integer - ($2 = 'accepted')::integer,
  rejected = rejected + ($3 = 'rejected')::integer - ($2 = 'rejected')::integer where id = $1)sql"};

const std::string select_finding =
    "select " NOCTIS_FINDING_COLUMNS ", s.id, s.facility, s.uid from analyses a "
    "join studies s on s.id = a.study join " NOCTIS_FINDING_TABLES " on f.analysis = a.id where ";

const std::string most_runs = "200";

std::string named(const object_key& key) { return key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64); }

std::string condition_of(const principal& who, const object_key& key) {
  return visible_to(who, "s.facility") + " and " + (key.id != 0 ? "s.id = $1::bigint" : "s.uid = $1");
}

[[noreturn]] void throw_no_study(const object_key& key) {
  throw database_error(errc::not_found, "there is no study " + named(key));
}

analysed_study lock_study(query& run, const principal& who, const object_key& key) {
  const auto rows = run.once("select s.id, s.facility, s.uid from studies s where " + condition_of(who, key) +
                                 " for no key update of s",
                             {named(key)});
  if (rows.empty()) throw_no_study(key);
  return {rows[0][0].as<int64_t>(), rows[0][1].as<int64_t>(), rows[0][2].as<std::string>()};
}

void read_findings(query& run, std::vector<analysis_run>& runs) {
  std::unordered_map<int64_t, analysis_run*> by_id;
  array_literal ids;
  for (auto& one : runs) {
    by_id[one.id] = &one;
    ids.add(one.id);
  }
  for (const auto& row : run(find_findings, ids.str()))
    by_id.at(row[0].as<int64_t>())->findings.push_back(finding_from(row));
}

int64_t insert(query& run, const analysis_run& what, const analysed_study& study) {
  const auto id = run(insert_run, study.id, study.facility, what.job, what.started_at, what.seconds, what.urgent,
                      what.state, what.series_uid, what.analyser, what.version, what.input_digest, what.report_uid,
                      what.segmentation_uid, what.segmentation_series_uid, what.urgency_reason, what.error,
                      array_of(what.warnings), what.details, static_cast<int64_t>(what.findings.size()))[0][0]
                      .as<int64_t>();
  array_columns findings{2};
  for (const auto& one : what.findings) findings.add(one.kind, content_of(one));
  const auto columns = findings.parameters();
  if (!what.findings.empty()) run(insert_findings, id, columns[0], columns[1]);
  return id;
}

/// What everybody hears of a run.
void tell(query& run, const analysis_record& record, const analysed_study& study, int64_t id) {
  const auto& what = record.run;
  const std::string names = R"(,"analysis":)" + std::to_string(id) + R"(,"analyser":)" + json_string(what.analyser);
  append_audit(run, {{record.who, "analysis.record", "ok", std::to_string(id), study.facility, study.id,
                      R"({"study":)" + json_string(study.uid) + names + R"(,"version":)" + json_string(what.version) +
                          R"(,"state":)" + json_string(what.state) + "}"}});
  tell_study(run, "analysis.done", study.facility, study.id, study.uid,
             names + R"(,"urgent":)" + (what.urgent ? "true" : "false"));
}

} // namespace

analysis_list analyses_repository::list(const analysis_filter& filter) {
  require(filter.who, permission::study_view);
  return read(db_, [&](query& run) {
    const auto studies = run.once("select s.id, s.uid, coalesce(s.ai_status, '') from studies s where " +
                                      condition_of(filter.who, filter.study),
                                  {named(filter.study)});
    if (studies.empty()) throw_no_study(filter.study);
    analysis_list result{
        studies[0][0].as<int64_t>(), studies[0][1].as<std::string>(), studies[0][2].as<std::string>(), {}};
    for (const auto& row :
         run.once(select_runs + "a.study = $1" + (filter.with_superseded ? "" : " and not a.superseded") +
                      " order by a.id desc limit " + most_runs,
                  {std::to_string(result.study)}))
      result.runs.push_back(analysis_from(row));
    if (!result.runs.empty()) read_findings(run, result.runs);
    return result;
  });
}

int64_t analyses_repository::record(const analysis_record& record) {
  require(record.who, permission::study_edit);
  check_run(record.run);
  const auto& what = record.run;
  return transact(db_, [&](query& run) {
    const auto study = lock_study(run, record.who, {what.study, what.study_uid});
    const auto same = run(find_same, study.id, what.series_uid, what.analyser, what.version, what.input_digest);
    if (!same.empty()) {
      const auto id = same[0][0].as<int64_t>();
      const bool mends = same[0][1].as<std::string>() == "failed" && what.state == "done";
      if (!mends) {
        if (same[0][2].as<bool>()) run(supersede_others, study.id, what.series_uid, what.analyser, id);
        return id;
      }
      run(forget_run, id);
    }
    const auto id = insert(run, what, study);
    run(supersede_others, study.id, what.series_uid, what.analyser, id);
    tell(run, record, study, id);
    raise_what_follows(run, record, study, id);
    return id;
  });
}

analysis_finding analyses_repository::judge(const verdict_put& request) {
  const auto& who = request.who;
  require(who, permission::annotation_write);
  if (who.kind != principal_kind::user || who.id <= 0)
    throw database_error(errc::permission_denied, "\"" + who.name + "\" is not a user, who alone judges findings");
  if (!request.verdict.empty() && request.verdict != "accepted" && request.verdict != "rejected")
    throw database_error(errc::invalid_argument, "verdict is accepted, rejected or nothing");
  const std::vector<std::string> key{std::to_string(request.finding)};
  return transact(db_, [&](query& run) {
    run(lock_finding, request.finding);
    const auto seen = select_finding + visible_to(who, "s.facility") + " and f.id = $1";
    const auto rows = run.once(seen, key);
    if (rows.empty()) throw database_error(errc::not_found, "there is no finding " + key.front());
    auto before = finding_from(rows[0]);
    if (before.verdict == request.verdict) return before;
    run(set_verdict, request.finding, request.verdict, who.id);
    run(count_verdict, rows[0][0].as<int64_t>(), before.verdict, request.verdict);
    record_change(run,
                  {who, "finding.verdict", "ok", key.front(), rows[0][8].as<int64_t>(), rows[0][7].as<int64_t>(),
                   R"({"finding":)" + key.front() + R"(,"study":)" + json_string(rows[0][9].as<std::string>()) +
                       R"(,"verdict":)" + json_string(request.verdict) + R"(,"from":)" + json_string(before.verdict) +
                       "}"},
                  "");
    return finding_from(run.once(seen, key)[0]);
  });
}

} // namespace noctis::schema
