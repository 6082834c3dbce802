#include "http/representation/annotation_fields.hpp"

#include "http/representation/time_text.hpp"
#include "http/request/context.hpp"

#include <algorithm>
#include <cctype>

namespace noctis {

namespace {

void write_measurement(json_text& json, const annotation_measurement& one) {
  json.begin_object();
  json.field("name", one.name);
  json.field("value", one.value);
  json.field("unit", one.unit);
  json.end_object();
}

std::vector<std::vector<double>> points_of(const rapidjson::Value& array) {
  std::vector<std::vector<double>> result;
  for (const auto& point : array.GetArray()) {
    auto& coordinates = result.emplace_back();
    for (const auto& x : point.GetArray()) coordinates.push_back(x.GetDouble());
  }
  return result;
}

/// A cell of text: quoted where it has to be, and never a formula.
std::string cell(const std::string& text) {
  const bool is_formula = !text.empty() && std::string{"=+-@\t\r\n"}.find(text.front()) != std::string::npos;
  std::string quoted = is_formula ? "'" + text : text;
  if (quoted.find_first_of("\",\r\n") == std::string::npos) return quoted;
  std::string result = "\"";
  for (const char c : quoted) result += c == '"' ? std::string{"\"\""} : std::string{c};
  return result + "\"";
}

std::string number(double value) {
  json_text json;
  json.value(value);
  return json.take();
}

std::string row(const std::vector<std::string>& cells) {
  std::string result;
  for (const auto& one : cells) result += (result.empty() ? "" : ",") + one;
  return result + "\r\n";
}

} // namespace

void write(json_text& json, const annotation& what) {
  json.begin_object();
  json.field("id", what.id);
  json.field("study_instance_uid", what.study_uid);
  json.field("series_instance_uid", what.series_uid);
  json.field("sop_instance_uid", what.sop_instance_uid);
  json.field("frame", what.frame);
  json.field("frame_of_reference_uid", what.frame_of_reference_uid);
  json.field("kind", what.kind);
  json.field("label", what.label);
  json.field("space", what.space);
  json.field("points", what.points);
  json.key("measurements");
  json.begin_array();
  for (const auto& one : what.measurements) write_measurement(json, one);
  json.end_array();
  json.key("view");
  json.raw(what.view);
  json.field("version", what.version);
  json.key("author");
  write(json, person{what.author, what.username, what.full_name});
  json.field("created_at", rfc3339(what.created_at));
  json.field("updated_at", rfc3339(what.updated_at));
  json.field("deleted", what.deleted);
  json.key("dicom");
  if (what.stored_as.empty()) {
    json.value(nullptr);
  } else {
    json.begin_object();
    json.field("sop_instance_uid", what.stored_as);
    json.end_object();
  }
  json.end_object();
}

annotation read_annotation(const rapidjson::Value& body, const std::string& id) {
  annotation result;
  result.id = id;
  result.study_uid = field_text(body, "study_instance_uid");
  result.series_uid = field_text(body, "series_instance_uid");
  result.sop_instance_uid = field_text(body, "sop_instance_uid");
  result.frame_of_reference_uid = field_text(body, "frame_of_reference_uid");
  result.kind = field_text(body, "kind");
  result.label = field_text(body, "label");
  result.space = field_text(body, "space");
  result.points = points_of(body["points"]);
  result.version = body["version"].GetInt64();
  if (body.HasMember("frame")) result.frame = body["frame"].GetInt();
  if (body.HasMember("view")) result.view = json_of(body["view"]);
  if (body.HasMember("measurements")) {
    for (const auto& one : body["measurements"].GetArray())
      result.measurements.push_back({field_text(one, "name"), one["value"].GetDouble(), field_text(one, "unit")});
  }
  field_errors errors;
  for (auto& [field, sentence] : problems_of(result)) errors[field].push_back(sentence);
  if (body.HasMember("id") && uuid_of(field_text(body, "id")) != id)
    errors["id"].emplace_back("Must be the one in the path.");
  if (!errors.empty()) throw refusal(problem_of(std::move(errors)));
  return result;
}

std::string uuid_of(const std::string& text) {
  auto result = text;
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::tolower(c); });
  if (!is_uuid(result)) throw refusal(errc::not_found, "Nothing has such an identifier: it is not a UUID.");
  return result;
}

std::string measurements_table(const std::vector<annotation>& annotations) {
  auto result =
      row({"annotation", "version", "author", "created_at", "updated_at", "study_instance_uid", "series_instance_uid",
           "sop_instance_uid", "frame", "kind", "label", "measurement", "value", "unit"});
  for (const auto& what : annotations) {
    for (const auto& one : what.measurements)
      result += row({cell(what.id), std::to_string(what.version), cell(what.username), rfc3339(what.created_at),
                     rfc3339(what.updated_at), cell(what.study_uid), cell(what.series_uid), cell(what.sop_instance_uid),
                     std::to_string(what.frame), cell(what.kind), cell(what.label), cell(one.name), number(one.value),
                     cell(one.unit)});
  }
  return result;
}

} // namespace noctis
