#include "actors/work/analysis_result.hpp"

#include "dicom/text.hpp"
#include "messages/errors.hpp"
#include "messages/json_text.hpp"

#include <rapidjson/document.h>

namespace noctis {

namespace {

constexpr size_t longest_sentence = 1000;
constexpr size_t longest_error = 4000;

std::string text_in(const rapidjson::Value& json, const char* name) {
  return json.HasMember(name) && json[name].IsString() ? json[name].GetString() : "";
}

double number_in(const rapidjson::Value& json, const char* name) {
  return json.HasMember(name) && json[name].IsNumber() ? json[name].GetDouble() : 0;
}

code_text code_in(const rapidjson::Value& json, const char* name) {
  if (!json.HasMember(name) || !json[name].IsArray() || json[name].Size() != 3) return {};
  const auto& parts = json[name];
  if (!parts[0].IsString() || !parts[1].IsString() || !parts[2].IsString()) return {};
  return {parts[0].GetString(), parts[1].GetString(), parts[2].GetString()};
}

analysis_finding finding_from(const rapidjson::Value& json) {
  analysis_finding finding;
  finding.kind = text_in(json, "kind");
  finding.what = code_in(json, "what");
  finding.site = code_in(json, "site");
  finding.laterality = code_in(json, "laterality");
  finding.value = number_in(json, "value");
  finding.unit = text_in(json, "unit");
  finding.diameter_mm = number_in(json, "diameter_mm");
  finding.volume_ml = number_in(json, "volume_ml");
  finding.mean_hu = number_in(json, "mean_hu");
  if (json.HasMember("position") && json["position"].IsArray())
    for (const auto& each : json["position"].GetArray())
      if (each.IsNumber()) finding.position.push_back(each.GetDouble());
  return finding;
}

std::string details_in(const rapidjson::Value& json) {
  if (!json.HasMember("details") || !json["details"].IsObject()) return "{}";
  return json_of(json["details"]);
}

} // namespace

void add_warning(analysis_run& run, std::string warning) {
  if (run.warnings.size() < most_warnings_of_a_run) run.warnings.emplace_back(cut(warning, longest_sentence));
}

caf::expected<analysis_run> run_from_result(std::string_view result) {
  rapidjson::Document json;
  json.Parse(result.data(), result.size());
  if (json.HasParseError() || !json.IsObject())
    return failure(errc::invalid_argument, "the worker's result is no JSON object");
  analysis_run run;
  run.analyser = text_in(json, "analyser");
  run.version = text_in(json, "version");
  run.state = text_in(json, "state");
  if (run.analyser.empty() || run.version.empty() || (run.state != "done" && run.state != "failed"))
    return failure(errc::invalid_argument, "the worker's result lacks analyser, version or state");
  run.error = cut(text_in(json, "error"), longest_error);
  run.seconds = std::max(number_in(json, "seconds"), 0.0);
  run.urgent = json.HasMember("urgent") && json["urgent"].IsBool() && json["urgent"].GetBool();
  run.urgency_reason = cut(text_in(json, "urgency_reason"), longest_sentence);
  run.report_uid = text_in(json, "report_uid");
  run.segmentation_uid = text_in(json, "segmentation_uid");
  run.segmentation_series_uid = text_in(json, "segmentation_series_uid");
  run.details = details_in(json);
  if (json.HasMember("findings") && json["findings"].IsArray()) {
    for (const auto& each : json["findings"].GetArray()) {
      if (!each.IsObject()) continue;
      if (run.findings.size() == most_findings_of_a_run) {
        add_warning(run, "more than " + std::to_string(most_findings_of_a_run) + " findings: the rest is left out");
        break;
      }
      run.findings.push_back(finding_from(each));
    }
  }
  if (json.HasMember("warnings") && json["warnings"].IsArray())
    for (const auto& each : json["warnings"].GetArray())
      if (each.IsString()) add_warning(run, each.GetString());
  return run;
}

} // namespace noctis
