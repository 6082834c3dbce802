#pragma once

#include "schema/repositories/analyses/alerts.hpp"
#include "schema/repositories/analyses/analyses.hpp"
#include "schema/repositories/users.hpp"
#include "tests/schema/catalogue.hpp"

namespace noctis::test {

/// An index with two studies whose first is analysed, by a machine, and read by Ann.
struct analysed : catalogue {
  schema::analyses_repository analyses{db};
  schema::alerts_repository alerts{db};
  principal machine = system_principal("analyst");
  principal ann = user("ann", "Ann Reader");
  object_key study{0, uid("study", 1)};

  analysed() {
    for (const auto& one : {entry(1, 1, 1), entry(2, 2, 2)}) add(one);
  }

  principal user(const std::string& name, const std::string& full_name) {
    principal who;
    who.kind = principal_kind::user;
    who.id = schema::users_repository{db}.add({name, full_name, "radiologist", "hash", {1}});
    who.name = name;
    who.role = "radiologist";
    who.permissions = permissions_of_role("radiologist");
    who.facilities = {1};
    return who;
  }
  principal stranger() const {
    auto result = ann;
    result.facilities = {2};
    return result;
  }

  static analysis_run head(int input = 1) {
    analysis_run run;
    run.study_uid = uid("study", 1);
    run.series_uid = uid("series", 1);
    run.analyser = "ct-head";
    run.version = "1.0";
    run.input_digest = digest(input);
    run.state = "done";
    run.seconds = 2.5;
    run.warnings = {"gantry tilted", "\"one\", {two}"};
    run.report_uid = "1.2.3";
    run.segmentation_uid = "1.2.4";
    run.segmentation_series_uid = "1.2.5";
    analysis_finding volume;
    volume.kind = "measurement";
    volume.what = {"118565006", "SCT", "Volume"};
    volume.site = {"12738006", "SCT", "Brain"};
    volume.value = 12.25;
    volume.unit = "ml";
    analysis_finding bleed;
    bleed.kind = "candidate";
    bleed.what = {"50960005", "SCT", "Hemorrhage"};
    bleed.site = {"12738006", "SCT", "Brain"};
    bleed.laterality = {"7771000", "SCT", "Left"};
    bleed.position = {1.5, -2, 3};
    bleed.diameter_mm = 30;
    bleed.volume_ml = 14;
    bleed.mean_hu = 65;
    run.findings = {volume, bleed};
    return run;
  }
  static analysis_run urgent(int input = 1) {
    auto run = head(input);
    run.urgent = true;
    run.urgency_reason = "Hyperdense volume of 14 ml";
    return run;
  }
  static analysis_run calibration(int series, const std::string& details) {
    auto run = head(100 + series);
    run.study_uid = uid("study", series);
    run.series_uid = uid("series", series);
    run.analyser = "hu-calibration";
    run.findings.clear();
    run.details = details;
    return run;
  }
  int64_t record(const analysis_run& run, int64_t escalate_after_ms = 0) {
    return analyses.record({machine, run, escalate_after_ms});
  }
  std::vector<analysis_run> listed(bool with_superseded = false) {
    return analyses.list({ann, study, with_superseded}).runs;
  }
  alert only_alert() {
    const auto page = alerts.list({ann, ""});
    BOOST_REQUIRE(page.alerts.size() == 1u);
    BOOST_TEST(page.count == 1);
    return page.alerts.front();
  }
  std::string told(const std::string& type) const {
    return ask("select coalesce(string_agg(payload::text, ' ' order by id), '') from events where type = '" + type +
               "'");
  }
  std::string field(const std::string& column) const {
    return ask("select coalesce(" + column + "::text, '') from kept_studies where uid = '" + uid("study", 1) + "'");
  }
};

} // namespace noctis::test
