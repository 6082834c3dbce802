#include "actors/work/analysis_result.hpp"

#include "dicom/text.hpp"
#include "messages/errors.hpp"
#include "messages/json_members.hpp"
#include "messages/json_text.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr size_t longest_sentence = 1000;
constexpr size_t longest_error = 4000;

constexpr auto optional = json_members::presence::optional;

void read_code(json_members& members, const char* name, code_text& into) {
  const auto* code = members.array(name, optional);
  if (code == nullptr) return;
  auto parts = texts_in(*code);
  if (parts.size() == 3) into = {std::move(parts[0]), std::move(parts[1]), std::move(parts[2])};
}

caf::expected<analysis_finding> finding_from(const rapidjson::Value& json) {
  analysis_finding finding;
  json_members members{json, "a finding of the worker's result"};
  members.text("kind", finding.kind);
  read_code(members, "what", finding.what);
  read_code(members, "site", finding.site);
  read_code(members, "laterality", finding.laterality);
  members.real("value", finding.value, optional);
  members.text("unit", finding.unit, optional);
  members.real("diameter_mm", finding.diameter_mm, optional);
  members.real("volume_ml", finding.volume_ml, optional);
  members.real("mean_hu", finding.mean_hu, optional);
  if (const auto* position = members.array("position", optional))
    for (const auto& each : position->GetArray())
      if (each.IsNumber()) finding.position.push_back(each.GetDouble());
  if (members.error()) return members.error();
  return finding;
}

} // namespace

void add_warning(analysis_run& run, std::string warning) {
  if (run.warnings.size() < most_warnings_of_a_run) run.warnings.emplace_back(cut(warning, longest_sentence));
}

caf::expected<analysis_run> run_from_result(std::string_view result) {
  analysis_run run;
  json_members members{result, "the worker's result"};
  members.text("analyser", run.analyser);
  members.text("version", run.version);
  members.text("state", run.state);
  members.text("error", run.error, optional);
  members.real("seconds", run.seconds, optional);
  members.flag("urgent", run.urgent, optional);
  members.text("urgency_reason", run.urgency_reason, optional);
  members.text("report_uid", run.report_uid, optional);
  members.text("segmentation_uid", run.segmentation_uid, optional);
  members.text("segmentation_series_uid", run.segmentation_series_uid, optional);
  const auto* details = members.object("details", optional);
  const auto* findings = members.array("findings", optional);
  const auto* warnings = members.array("warnings", optional);
  if (members.error()) return members.error();
  if (run.analyser.empty() || run.version.empty() || (run.state != "done" && run.state != "failed"))
    return failure(errc::invalid_argument, "the worker's result lacks analyser, version or state");
  run.error = cut(run.error, longest_error);
  run.seconds = std::max(run.seconds, 0.0);
  run.urgency_reason = cut(run.urgency_reason, longest_sentence);
  run.details = details == nullptr ? "{}" : json_of(*details);
  if (findings != nullptr) {
    for (const auto& each : findings->GetArray()) {
      if (run.findings.size() == most_findings_of_a_run) {
        add_warning(run, "more than " + std::to_string(most_findings_of_a_run) + " findings: the rest is left out");
        break;
      }
      auto finding = finding_from(each);
      if (!finding) return std::move(finding.error());
      run.findings.push_back(std::move(*finding));
    }
  }
  if (warnings != nullptr)
    for (auto& each : texts_in(*warnings)) add_warning(run, std::move(each));
  return run;
}

} // namespace noctis
