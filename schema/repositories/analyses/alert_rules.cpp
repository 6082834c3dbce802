#include "schema/repositories/analyses/alert_rules.hpp"

#include "schema/repositories/changes.hpp"
#include "schema/text.hpp"

#include <rapidjson/document.h>

namespace noctis::schema {

namespace {

constexpr const char* calibration_analyser = "hu-calibration";
constexpr size_t longest_reason = 1024;

constexpr statement raise_priority{"alerts_priority", R"sql(
update kept_studies set priority = 'urgent', updated_at = now() where id = $1 and priority < 'urgent' returning id)sql"};

constexpr statement insert_alert{"alerts_insert", R"sql(
insert into alerts (study, analysis, facility, kind, reason) values ($1, $2, $3, $4, $5)
on conflict (analysis) do nothing returning id)sql"};

constexpr statement submit_escalation{"alerts_escalation", R"sql(
insert into jobs (queue, unique_key, facility, study, priority, max_attempts, run_after, payload)
values ($1, 'escalate ' || $2::bigint, $3, $4, 'urgent', 20, now() + make_interval(secs => $5 / 1000.0),
        jsonb_build_object('task', 'escalate', 'alert', $2::bigint))
on conflict (unique_key) where state in ('pending', 'running') do nothing returning id)sql"};

void raise_study(query& run, const analysis_record& record, const analysed_study& study) {
  if (run(raise_priority, study.id).empty()) return;
  const std::string priority = R"(,"priority":"urgent")";
  record_change(run,
                {record.who, "study.change", "ok", study.uid, study.facility, study.id,
                 R"({"study":)" + json_string(study.uid) + priority + R"(,"reason":)" +
                     json_string(record.run.urgency_reason) + "}"},
                "");
  tell_study(run, "study.updated", study.facility, study.id, study.uid, R"(,"change":"priority")" + priority);
}

/// Returns the alert's id, 0 where the run has raised it before.
int64_t raise_alert(query& run, const analysis_record& record, const analysed_study& study, int64_t id,
                    const std::string& kind, const std::string& reason) {
  const auto rows = run(insert_alert, study.id, id, study.facility, kind, storable(reason, longest_reason));
  if (rows.empty()) return 0;
  const auto alert = rows[0][0].as<int64_t>();
  append_audit(run, {{record.who, "alert.raise", "ok", std::to_string(alert), study.facility, study.id,
                      R"({"alert":)" + std::to_string(alert) + R"(,"analysis":)" + std::to_string(id) + R"(,"kind":)" +
                          json_string(kind) + "}"}});
  tell_alert(run, "alert.raised", study, alert, "urgent", reason);
  return alert;
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string result;
  for (const auto& one : sentences) result += (result.empty() ? "" : "; ") + one;
  return result;
}

} // namespace

bool is_out_of_tolerance(const std::string& details) {
  rapidjson::Document json;
  json.Parse(details.data(), details.size());
  if (json.HasParseError() || !json.IsObject()) return false;
  const auto found = json.FindMember("out_of_tolerance");
  return found != json.MemberEnd() && found->value.IsBool() && found->value.GetBool();
}

void tell_alert(query& run, const std::string& type, const analysed_study& study, int64_t alert,
                const std::string& level, const std::string& reason) {
  tell_study(run, type, study.facility, study.id, study.uid,
             R"(,"alert":)" + std::to_string(alert) + R"(,"level":)" + json_string(level) + R"(,"reason":)" +
                 json_string(reason));
}

void raise_what_follows(query& run, const analysis_record& record, const analysed_study& study, int64_t id) {
  const auto& what = record.run;
  if (what.urgent) {
    raise_study(run, record, study);
    const auto alert = raise_alert(run, record, study, id, "finding", what.urgency_reason);
    if (alert == 0 || record.escalate_after_ms <= 0) return;
    const auto jobs =
        run(submit_escalation, maintenance_queue, alert, study.facility, study.id, record.escalate_after_ms);
    if (!jobs.empty()) tell_jobs(run, {jobs[0][0].as<int64_t>()});
  } else if (what.analyser == calibration_analyser && is_out_of_tolerance(what.details)) {
    const auto reason = joined(what.warnings);
    raise_alert(run, record, study, id, "calibration",
                reason.empty() ? "HU of a phantom are out of tolerance" : reason);
  }
}

} // namespace noctis::schema
