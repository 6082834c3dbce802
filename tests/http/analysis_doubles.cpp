#include "tests/http/analysis_doubles.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace noctis::test {

namespace {

using caf::result;

constexpr int64_t unknown = 404;
constexpr int64_t taken = 9;

caf::error nothing() { return failure(errc::not_found, "There is no such object."); }

void note(const shared_world& w, const std::string& what) {
  std::lock_guard<std::mutex> lock(w->mutex);
  w->edits.push_back(what);
}

analysis_finding volume() {
  analysis_finding finding;
  finding.id = 11;
  finding.kind = "measurement";
  finding.what = {"118565006", "SCT", "Volume"};
  finding.value = 12.5;
  finding.unit = "ml";
  return finding;
}

analysis_finding bleed() {
  analysis_finding finding;
  finding.id = 12;
  finding.kind = "candidate";
  finding.what = {"50960005", "SCT", "Hemorrhage"};
  finding.site = {"12738006", "SCT", "Brain"};
  finding.position = {1, -2.5, 3};
  finding.diameter_mm = 30;
  return finding;
}

analysis_run kept_run() {
  analysis_run run;
  run.id = 5;
  run.study = 1;
  run.series_uid = "1.2.3.4";
  run.analyser = "ct-head";
  run.version = "1.0";
  run.state = "done";
  run.started_at = 1'700'000'000'000;
  run.segmentation_uid = "1.2.5";
  run.segmentation_series_uid = "1.2.6";
  run.details = R"({"own":[1]})";
  run.findings = {volume(), bleed()};
  return run;
}

alert kept_alert(int64_t id) {
  alert what;
  what.id = id;
  what.study = 1;
  what.study_uid = "1.2.3";
  what.analysis = 5;
  what.kind = "finding";
  what.level = "urgent";
  what.state = "open";
  what.reason = "Hyperdense volume of 14 ml";
  what.raised_at = 1'700'000'000'000;
  return what;
}

analyses_actor::behavior_type analyses(analyses_actor::pointer, const shared_world& w) {
  return {
      [](const analysis_filter& r) -> result<analysis_list> {
        if (r.study.id == unknown) return nothing();
        auto run = kept_run();
        run.superseded = r.with_superseded;
        return analysis_list{1, "1.2.3", "done", {run}};
      },
      [](const analysis_record&) -> result<int64_t> { return 5; },
      [w](const verdict_put& r) -> result<analysis_finding> {
        if (r.finding == unknown) return nothing();
        note(w, "judge " + std::to_string(r.finding) + " \"" + r.verdict + "\"");
        auto finding = bleed();
        finding.verdict = r.verdict;
        finding.verdict_by = r.verdict.empty() ? "" : "Ann";
        finding.verdict_at = r.verdict.empty() ? 0 : 1'700'000'000'000;
        return finding;
      },
      [](const alert_filter& r) -> result<alert_page> {
        if (r.state == "acknowledged" || r.study > 1) return alert_page{};
        return alert_page{1, {kept_alert(3)}};
      },
      [w](const alert_acknowledgement& r) -> result<alert> {
        if (r.id == unknown) return nothing();
        if (r.id == taken) return failure(errc::state_conflict, "alert 9 is acknowledged already, by Ben");
        note(w, "acknowledge " + std::to_string(r.id) + " " + r.note);
        auto what = kept_alert(r.id);
        what.state = "acknowledged";
        what.acknowledged_by = "Ann";
        what.acknowledged_at = 1'700'000'000'000;
        what.note = r.note;
        return what;
      },
      [](const alert_escalation&) -> result<bool> { return true; },
      [](const analysis_dashboard_request&) -> result<analysis_dashboard> {
        return analysis_dashboard{{{"ct-head", "1.0", 4, 1, 2.5, 3.5, 8, 2, 1, 1}}, 1, 2, 3, 90};
      },
      [](const calibration_request& r) -> result<calibration_trend> {
        return calibration_trend{{{r.station, "water", 6, 0, 5, 1'700'000'000'000, "1.2.3", "1.2.3.4"},
                                  {r.station, "air", -990, -1000, 30, 1'700'000'000'000, "1.2.3", "1.2.3.4"}}};
      },
  };
}

} // namespace

analyses_actor spawn_analyses(caf::actor_system& system, const shared_world& w) { return system.spawn(analyses, w); }

} // namespace noctis::test
