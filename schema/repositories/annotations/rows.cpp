#include "schema/repositories/annotations/rows.hpp"

#include "messages/json_text.hpp"
#include "schema/errors.hpp"

#include <rapidjson/document.h>

#include <array>
#include <utility>

namespace noctis::schema {

namespace {

constexpr std::array<std::pair<const char*, std::string annotation::*>, 7> texts{{
    {"series_instance_uid", &annotation::series_uid},
    {"sop_instance_uid", &annotation::sop_instance_uid},
    {"frame_of_reference_uid", &annotation::frame_of_reference_uid},
    {"kind", &annotation::kind},
    {"label", &annotation::label},
    {"space", &annotation::space},
    {"sop_class_uid", &annotation::sop_class_uid},
}};

std::string text_of(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

void put_measurements(json_text& json, const std::vector<annotation_measurement>& measurements) {
  json.begin_array();
  for (const auto& one : measurements) {
    json.begin_object();
    json.field("name", one.name);
    json.field("value", one.value);
    json.field("unit", one.unit);
    json.end_object();
  }
  json.end_array();
}

void read_content(const std::string& json, annotation& into) {
  rapidjson::Document content;
  content.Parse(json.data(), json.size());
  if (content.HasParseError() || !content.IsObject())
    throw database_error(errc::database_failure, "the content of annotation " + into.id + " is not a JSON object");
  for (const auto& [name, member] : texts) into.*member = text_of(content[name]);
  into.frame = content["frame"].GetInt();
  into.number_of_frames = content["number_of_frames"].GetInt();
  into.view = json_of(content["view"]);
  for (const auto& point : content["points"].GetArray()) {
    auto& coordinates = into.points.emplace_back();
    for (const auto& x : point.GetArray()) coordinates.push_back(x.GetDouble());
  }
  for (const auto& one : content["measurements"].GetArray())
    into.measurements.push_back({text_of(one["name"]), one["value"].GetDouble(), text_of(one["unit"])});
}

} // namespace

std::string content_of(const annotation& what) {
  json_text json;
  json.begin_object();
  for (const auto& [name, member] : texts) json.field(name, what.*member);
  json.field("frame", what.frame);
  json.field("number_of_frames", what.number_of_frames);
  json.field("points", what.points);
  json.key("measurements");
  put_measurements(json, what.measurements);
  json.key("view");
  json.raw(what.view);
  json.end_object();
  return json.take();
}

annotation annotation_from(const pqxx::row& row) {
  annotation result;
  result.id = row[0].as<std::string>();
  result.study = row[1].as<int64_t>();
  result.study_uid = row[2].as<std::string>();
  read_content(row[3].as<std::string>(), result);
  result.version = row[4].as<int64_t>();
  result.author = row[5].as<int64_t>();
  result.username = row[6].as<std::string>();
  result.full_name = row[7].as<std::string>();
  result.created_at = row[8].as<int64_t>();
  result.updated_at = row[9].as<int64_t>();
  result.deleted = row[10].as<bool>();
  result.stored_as = row[11].as<std::string>();
  return result;
}

} // namespace noctis::schema
