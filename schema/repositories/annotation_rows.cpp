#include "schema/repositories/annotation_rows.hpp"

#include "schema/errors.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <utility>

namespace noctis::schema {

namespace {

using writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr std::array<std::pair<const char*, std::string annotation::*>, 7> texts{{
    {"series_instance_uid", &annotation::series_uid},
    {"sop_instance_uid", &annotation::sop_instance_uid},
    {"frame_of_reference_uid", &annotation::frame_of_reference_uid},
    {"kind", &annotation::kind},
    {"label", &annotation::label},
    {"space", &annotation::space},
    {"sop_class_uid", &annotation::sop_class_uid},
}};

void put(writer& out, const std::string& text) {
  out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::string text_of(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::string json_text_of(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  writer out{buffer};
  value.Accept(out);
  return {buffer.GetString(), buffer.GetSize()};
}

void put_points(writer& out, const std::vector<std::vector<double>>& points) {
  out.StartArray();
  for (const auto& point : points) {
    out.StartArray();
    for (const double x : point) out.Double(x);
    out.EndArray();
  }
  out.EndArray();
}

void put_measurements(writer& out, const std::vector<annotation_measurement>& measurements) {
  out.StartArray();
  for (const auto& one : measurements) {
    out.StartObject();
    out.Key("name");
    put(out, one.name);
    out.Key("value");
    out.Double(one.value);
    out.Key("unit");
    put(out, one.unit);
    out.EndObject();
  }
  out.EndArray();
}

void read_content(const std::string& json, annotation& into) {
  rapidjson::Document content;
  content.Parse(json.data(), json.size());
  if (content.HasParseError() || !content.IsObject())
    throw database_error(errc::database_failure, "the content of annotation " + into.id + " is not a JSON object");
  for (const auto& [name, member] : texts) into.*member = text_of(content[name]);
  into.frame = content["frame"].GetInt();
  into.number_of_frames = content["number_of_frames"].GetInt();
  into.view = json_text_of(content["view"]);
  for (const auto& point : content["points"].GetArray()) {
    auto& coordinates = into.points.emplace_back();
    for (const auto& x : point.GetArray()) coordinates.push_back(x.GetDouble());
  }
  for (const auto& one : content["measurements"].GetArray())
    into.measurements.push_back({text_of(one["name"]), one["value"].GetDouble(), text_of(one["unit"])});
}

} // namespace

std::string content_of(const annotation& what) {
  rapidjson::StringBuffer buffer;
  writer out{buffer};
  out.StartObject();
  for (const auto& [name, member] : texts) {
    out.Key(name);
    put(out, what.*member);
  }
  out.Key("frame");
  out.Int(what.frame);
  out.Key("number_of_frames");
  out.Int(what.number_of_frames);
  out.Key("points");
  put_points(out, what.points);
  out.Key("measurements");
  put_measurements(out, what.measurements);
  out.Key("view");
  out.RawValue(what.view.data(), what.view.size(), rapidjson::kObjectType);
  out.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
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
