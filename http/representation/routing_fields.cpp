#include "http/representation/routing_fields.hpp"

#include "dicom/json/object.hpp"
#include "http/request/context.hpp"
#include "messages/json_members.hpp"

#include <cstdio>

namespace noctis {

namespace {

std::string path_text(const std::vector<uint32_t>& path) {
  std::string result;
  for (const auto tag : path) {
    char digits[9];
    std::snprintf(digits, sizeof(digits), "%08X", tag);
    result += (result.empty() ? "" : ".") + std::string(digits);
  }
  return result;
}

std::vector<uint32_t> path_of(const std::string& text) {
  std::vector<uint32_t> result;
  constexpr size_t digits = 8;
  for (size_t at = 0; at < text.size(); at += digits + 1) result.push_back(tag_of_digits(text.substr(at, digits)));
  return result;
}

} // namespace

void write(json_text& json, const routing_rule& rule) {
  json.begin_object();
  json.field("id", rule.id);
  json.field("name", rule.name);
  json.field("active", rule.active);
  json.field("destination", rule.destination);
  json.field("facility", rule.facility == 0 ? caf::optional<int64_t>{} : caf::optional<int64_t>{rule.facility});
  json.field("calling_ae_title", rule.calling_aet);
  json.field("modalities", rule.modalities);
  json.objects("attributes", rule.attributes, [&](const auto& key) {
    json.field("tag", path_text(key.path));
    json.field("values", key.values);
  });
  json.field("deidentify", rule.deidentify);
  json.field("priority", rule.priority);
  json.end_object();
}

void read_routing_rule(const rapidjson::Value& body, routing_rule& rule) {
  const auto take = [&](const char* name, std::string& into) {
    if (body.HasMember(name)) into = field_text(body, name);
  };
  take("name", rule.name);
  take("destination", rule.destination);
  take("calling_ae_title", rule.calling_aet);
  take("deidentify", rule.deidentify);
  take("priority", rule.priority);
  if (body.HasMember("active")) rule.active = body["active"].GetBool();
  if (body.HasMember("facility")) rule.facility = body["facility"].IsNull() ? 0 : body["facility"].GetInt64();
  if (body.HasMember("modalities")) rule.modalities = texts_in(body["modalities"]);
  if (!body.HasMember("attributes")) return;
  rule.attributes.clear();
  for (const auto& key : body["attributes"].GetArray())
    rule.attributes.push_back({path_of(field_text(key, "tag")), texts_in(key["values"])});
}

} // namespace noctis
