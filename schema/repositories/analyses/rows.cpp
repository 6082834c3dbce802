#include "schema/repositories/analyses/rows.hpp"

#include "messages/json_text.hpp"
#include "schema/errors.hpp"
#include "schema/rows.hpp"

#include <rapidjson/document.h>

#include <array>
#include <utility>

namespace noctis::schema {

namespace {

constexpr std::array<std::pair<const char*, code_text analysis_finding::*>, 3> codes{{
    {"what", &analysis_finding::what},
    {"site", &analysis_finding::site},
    {"laterality", &analysis_finding::laterality},
}};

constexpr std::array<std::pair<const char*, double analysis_finding::*>, 4> numbers{{
    {"value", &analysis_finding::value},
    {"diameter_mm", &analysis_finding::diameter_mm},
    {"volume_ml", &analysis_finding::volume_ml},
    {"mean_hu", &analysis_finding::mean_hu},
}};

std::string text_of(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

void read_content(const std::string& json, analysis_finding& into) {
  rapidjson::Document content;
  content.Parse(json.data(), json.size());
  if (content.HasParseError() || !content.IsObject())
    throw database_error(errc::database_failure,
                         "the content of finding " + std::to_string(into.id) + " is not a JSON object");
  for (const auto& [name, member] : codes) {
    const auto found = content.FindMember(name);
    if (found == content.MemberEnd()) continue;
    const auto& parts = found->value;
    into.*member = {text_of(parts[0]), text_of(parts[1]), text_of(parts[2])};
  }
  for (const auto& [name, member] : numbers) into.*member = content[name].GetDouble();
  into.unit = text_of(content["unit"]);
  for (const auto& x : content["position"].GetArray()) into.position.push_back(x.GetDouble());
}

} // namespace

analysis_run analysis_from(const pqxx::row& row) {
  analysis_run result;
  result.id = row[0].as<int64_t>();
  result.study = row[1].as<int64_t>();
  const std::array<std::string*, 7> identity{&result.study_uid, &result.series_uid,   &result.analyser,
                                             &result.version,   &result.input_digest, &result.state,
                                             &result.error};
  for (size_t i = 0; i < identity.size(); ++i) *identity[i] = row[static_cast<int>(i) + 2].as<std::string>();
  result.job = row[9].as<int64_t>();
  result.started_at = row[10].as<int64_t>();
  result.seconds = row[11].as<double>();
  result.urgent = row[12].as<bool>();
  result.urgency_reason = row[13].as<std::string>();
  result.warnings = array_from(row[14]);
  result.report_uid = row[15].as<std::string>();
  result.segmentation_uid = row[16].as<std::string>();
  result.segmentation_series_uid = row[17].as<std::string>();
  result.details = row[18].as<std::string>();
  result.superseded = row[19].as<bool>();
  return result;
}

analysis_finding finding_from(const pqxx::row& row) {
  analysis_finding result;
  result.id = row[1].as<int64_t>();
  result.kind = row[2].as<std::string>();
  read_content(row[3].as<std::string>(), result);
  result.verdict = row[4].as<std::string>();
  result.verdict_by = row[5].as<std::string>();
  result.verdict_at = row[6].as<int64_t>();
  return result;
}

std::string content_of(const analysis_finding& what) {
  json_text json;
  json.begin_object();
  for (const auto& [name, member] : codes) {
    const auto& code = what.*member;
    if (code.value.empty()) continue;
    json.field(name, std::vector<std::string>{code.value, code.scheme, code.meaning});
  }
  for (const auto& [name, member] : numbers) json.field(name, what.*member);
  json.field("unit", what.unit);
  json.field("position", what.position);
  json.end_object();
  return json.take();
}

alert alert_from(const pqxx::row& row) {
  alert result;
  result.id = row[0].as<int64_t>();
  result.study = row[1].as<int64_t>();
  const std::array<std::string*, 4> subject{&result.study_uid, &result.patient_name, &result.patient_id,
                                            &result.study_description};
  for (size_t i = 0; i < subject.size(); ++i) *subject[i] = row[static_cast<int>(i) + 2].as<std::string>();
  result.analysis = row[6].as<int64_t>();
  const std::array<std::string*, 4> what{&result.kind, &result.level, &result.reason, &result.state};
  for (size_t i = 0; i < what.size(); ++i) *what[i] = row[static_cast<int>(i) + 7].as<std::string>();
  result.raised_at = row[11].as<int64_t>();
  result.escalated_at = row[12].as<int64_t>();
  result.acknowledged_at = row[13].as<int64_t>();
  result.acknowledged_by = row[14].as<std::string>();
  result.note = row[15].as<std::string>();
  return result;
}

} // namespace noctis::schema
