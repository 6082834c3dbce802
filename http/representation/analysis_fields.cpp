#include "http/representation/analysis_fields.hpp"

#include "http/representation/known.hpp"
#include "http/representation/time_text.hpp"

#include <cmath>

namespace noctis {

namespace {

void number_or_null(json_text& json, const char* name, double number, bool is_there) {
  json.key(name);
  if (is_there)
    json.value(number);
  else
    json.value(nullptr);
}

void write_code(json_text& json, const char* name, const code_text& code) {
  json.key(name);
  if (code.value.empty()) {
    json.value(nullptr);
    return;
  }
  json.begin_object();
  json.field("value", code.value);
  json.field("scheme", code.scheme);
  json.field("meaning", code.meaning);
  json.end_object();
}

void write_segmentation(json_text& json, const analysis_run& run) {
  json.key("segmentation");
  if (run.segmentation_uid.empty()) {
    json.value(nullptr);
    return;
  }
  json.begin_object();
  json.field("sop_instance_uid", run.segmentation_uid);
  json.field("series_instance_uid", run.segmentation_series_uid);
  json.end_object();
}

void write_run(json_text& json, const analysis_run& run) {
  json.begin_object();
  json.field("id", run.id);
  json.field("study_id", run.study);
  json.field("series_instance_uid", run.series_uid);
  json.field("analyser", run.analyser);
  json.field("version", run.version);
  json.field("input_digest", run.input_digest);
  json.field("state", run.state);
  json.field("error", run.error);
  json.field("job_id", run.job);
  json.field("started_at", rfc3339(run.started_at));
  json.field("seconds", run.seconds);
  json.field("urgent", run.urgent);
  json.field("urgency_reason", run.urgency_reason);
  json.field("warnings", run.warnings);
  json.field("superseded", run.superseded);
  write_known(json, "report_uid", run.report_uid);
  write_segmentation(json, run);
  json.key("details");
  json.raw(run.details);
  json.key("findings");
  json.begin_array();
  for (const auto& one : run.findings) write(json, one);
  json.end_array();
  json.end_object();
}

void write_figures(json_text& json, const analyser_figures& one) {
  json.begin_object();
  json.field("analyser", one.analyser);
  json.field("version", one.version);
  json.field("runs", one.runs);
  json.field("failures", one.failures);
  json.field("mean_seconds", one.mean_seconds);
  json.field("p95_seconds", one.p95_seconds);
  json.field("findings", one.findings);
  json.field("accepted", one.accepted);
  json.field("rejected", one.rejected);
  json.field("urgent", one.urgent);
  json.end_object();
}

} // namespace

void write(json_text& json, const analysis_finding& finding) {
  const bool is_candidate = finding.kind == "candidate";
  json.begin_object();
  json.field("id", finding.id);
  json.field("kind", finding.kind);
  write_code(json, "code", finding.what);
  write_code(json, "site", finding.site);
  write_code(json, "laterality", finding.laterality);
  number_or_null(json, "value", finding.value, !is_candidate);
  json.field("unit", finding.unit);
  json.key("position");
  if (finding.position.empty())
    json.value(nullptr);
  else
    json.value(finding.position);
  number_or_null(json, "diameter_mm", finding.diameter_mm, is_candidate);
  number_or_null(json, "volume_ml", finding.volume_ml, is_candidate);
  number_or_null(json, "mean_hu", finding.mean_hu, is_candidate);
  write_known(json, "verdict", finding.verdict);
  write_known(json, "verdict_by", finding.verdict_by);
  write_known_time(json, "verdict_at", finding.verdict_at);
  json.end_object();
}

void write(json_text& json, const analysis_list& analyses) {
  json.begin_object();
  json.field("study_id", analyses.study);
  json.field("study_instance_uid", analyses.study_uid);
  write_known(json, "state", analyses.state);
  json.field("count", analyses.runs.size());
  json.key("results");
  json.begin_array();
  for (const auto& run : analyses.runs) write_run(json, run);
  json.end_array();
  json.end_object();
}

void write(json_text& json, const alert& what) {
  json.begin_object();
  json.field("id", what.id);
  json.field("study_id", what.study);
  json.field("study_instance_uid", what.study_uid);
  json.field("patient_name", what.patient_name);
  json.field("patient_id", what.patient_id);
  json.field("study_description", what.study_description);
  json.key("analysis_id");
  if (what.analysis == 0)
    json.value(nullptr);
  else
    json.value(what.analysis);
  json.field("kind", what.kind);
  json.field("level", what.level);
  json.field("reason", what.reason);
  json.field("state", what.state);
  json.field("raised_at", rfc3339(what.raised_at));
  write_known_time(json, "escalated_at", what.escalated_at);
  write_known_time(json, "acknowledged_at", what.acknowledged_at);
  write_known(json, "acknowledged_by", what.acknowledged_by);
  json.field("note", what.note);
  json.end_object();
}

void write(json_text& json, const analysis_dashboard& dashboard, int32_t days) {
  json.begin_object();
  json.field("days", days);
  json.key("analysers");
  json.begin_array();
  for (const auto& one : dashboard.analysers) write_figures(json, one);
  json.end_array();
  json.key("alerts");
  json.begin_object();
  json.field("open", dashboard.alerts_open);
  json.field("escalated", dashboard.alerts_escalated);
  json.field("acknowledged", dashboard.alerts_acknowledged);
  json.field("median_acknowledgement_seconds", dashboard.median_acknowledgement_seconds);
  json.end_object();
  json.end_object();
}

void write(json_text& json, const calibration_trend& trend) {
  json.begin_object();
  json.field("count", trend.points.size());
  json.objects("results", trend.points, [&](const auto& one) {
    json.field("station", one.station);
    json.field("material", one.material);
    json.field("measured_hu", one.measured_hu);
    json.field("expected_hu", one.expected_hu);
    json.field("tolerance_hu", one.tolerance_hu);
    json.field("within_tolerance", std::abs(one.measured_hu - one.expected_hu) <= one.tolerance_hu);
    json.field("at", rfc3339(one.at));
    json.field("study_instance_uid", one.study_uid);
    json.field("series_instance_uid", one.series_uid);
  });
  json.end_object();
}

} // namespace noctis
