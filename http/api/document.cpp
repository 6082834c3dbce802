#include "http/api/document.hpp"

#include "http/representation/json.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace noctis {

namespace {

/// A pattern of the router as OpenAPI writes it.
std::string path_template(std::string pattern) {
  std::replace(pattern.begin(), pattern.end(), '<', '{');
  std::replace(pattern.begin(), pattern.end(), '>', '}');
  return pattern;
}

std::vector<std::string> variables(const std::string& pattern) {
  std::vector<std::string> result;
  for (auto begin = pattern.find('<'); begin != std::string::npos; begin = pattern.find('<', begin + 1))
    result.push_back(pattern.substr(begin + 1, pattern.find('>', begin) - begin - 1));
  return result;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// A name for each operation: its method and path in words.
std::string operation_id(const route& r) {
  auto result = lower(r.method);
  auto gap = true;
  for (const unsigned char c : r.pattern) {
    if (std::isalnum(c) == 0) {
      gap = true;
      continue;
    }
    if (gap) result += '_';
    gap = false;
    result += static_cast<char>(c);
  }
  return result;
}

/// The resource that a path belongs to.
std::string tag(const std::string& pattern) {
  const auto segment = [&](size_t n) {
    size_t begin = 1;
    for (; n > 0 && begin != 0; --n) begin = pattern.find('/', begin) + 1;
    return begin == 0 ? std::string() : pattern.substr(begin, pattern.find('/', begin) - begin);
  };
  const auto first = segment(0);
  return first == "api" ? segment(1) : (first == "dicom" ? segment(2) : first);
}

void write_reference(json_text& json, const std::string& part, const std::string& name) {
  json.begin_object();
  json.field("$ref", "#/components/" + part + "/" + name);
  json.end_object();
}

using media = std::vector<std::pair<std::string, std::string>>; ///< media types and their schemas, "" for none

void write_content(json_text& json, const media& types) {
  json.key("content");
  json.begin_object();
  for (const auto& [type, schema] : types) {
    json.key(type);
    json.begin_object();
    if (!schema.empty()) {
      json.key("schema");
      write_reference(json, "schemas", schema);
    }
    json.end_object();
  }
  json.end_object();
}

void write_parameters(json_text& json, const route& r) {
  json.key("parameters");
  json.begin_array();
  for (const auto& name : variables(r.pattern)) {
    json.begin_object();
    json.field("name", name);
    json.field("in", "path");
    json.field("required", true);
    json.key("schema");
    json.raw(R"({"type":"string"})");
    json.end_object();
  }
  for (const auto& name : r.parameters) write_reference(json, "parameters", name);
  json.end_array();
}

void write_body(json_text& json, const route& r) {
  if (r.body_type.empty()) return;
  json.key("requestBody");
  json.begin_object();
  json.field("required", r.body_required);
  write_content(json, {{r.body_type, r.body_schema}});
  json.end_object();
}

void write_outcome(json_text& json, const std::string& status, const std::string& words, const media& types) {
  json.key(status);
  json.begin_object();
  json.field("description", words);
  if (!types.empty()) write_content(json, types);
  json.end_object();
}

void write_outcomes(json_text& json, const route& r) {
  json.key("responses");
  json.begin_object();
  std::map<int, media> outcomes;
  for (const auto& one : r.outcomes) {
    auto& types = outcomes[one.status];
    if (!one.type.empty()) types.emplace_back(one.type, one.schema);
  }
  for (const auto& [status, types] : outcomes)
    write_outcome(json, std::to_string(status), status < 400 ? "Success" : status_title(status), types);
  const auto problem = [&](const std::string& status, const std::string& words) {
    write_outcome(json, status, words, {{"application/problem+json", "problem"}});
  };
  if (outcomes.count(400) == 0 && !r.summary.empty()) problem("400", "A parameter or field is wrong.");
  if (r.who.needs != access::level::open) problem("401", "Nobody valid asks.");
  if (r.who.needs == access::level::permitted) problem("403", "A permission is missing.");
  if (!variables(r.pattern).empty()) problem("404", "There is no such object, or it may not be seen.");
  problem("default", "Another problem.");
  json.end_object();
}

std::string permission_of(const route& r) {
  for (const auto& [bit, name] : permission_names()) {
    if (bit == r.who.what) return name;
  }
  return {};
}

void write_operation(json_text& json, const route& r) {
  json.key(lower(r.method));
  json.begin_object();
  json.field("operationId", operation_id(r));
  json.key("tags");
  json.value(std::vector<std::string>{tag(r.pattern)});
  if (!r.summary.empty()) json.field("summary", r.summary);
  if (r.who.needs == access::level::permitted) json.field("x-permission", permission_of(r));
  if (r.who.needs == access::level::open) {
    json.key("security");
    json.raw("[]");
  }
  write_parameters(json, r);
  write_body(json, r);
  write_outcomes(json, r);
  json.end_object();
}

void write_components(json_text& json, const api_schemas& schemas) {
  json.key("components");
  json.begin_object();
  json.key("securitySchemes");
  json.raw(R"({"bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT"},)"
           R"("session":{"type":"apiKey","in":"cookie","name":"noctis_session"}})");
  for (const auto& part : schemas.components().GetObject()) {
    json.key(part.name.GetString());
    json.begin_object();
    for (const auto& entry : part.value.GetObject()) {
      rapidjson::Document copy;
      copy.CopyFrom(entry.value, copy.GetAllocator());
      if (std::string_view(part.name.GetString()) == "parameters") {
        const std::string name = entry.name.GetString();
        copy.AddMember("name", rapidjson::Value(name.substr(0, name.find('.')).c_str(), copy.GetAllocator()),
                       copy.GetAllocator());
        copy.AddMember("in", "query", copy.GetAllocator());
      }
      json.key(entry.name.GetString());
      json.raw(json_of(copy));
    }
    json.end_object();
  }
  json.end_object();
}

/// Whether a route is for people, who need no description of it.
bool is_page(const route& r) { return r.summary.empty() && r.who.needs == access::level::open; }

} // namespace

std::string openapi_document(const router& routes, const api_schemas& schemas, const std::string& version) {
  std::map<std::string, std::vector<const route*>> paths;
  routes.each([&](const route& r) {
    if (!is_page(r)) paths[path_template(r.pattern)].push_back(&r);
  });
  json_text json;
  json.begin_object();
  json.field("openapi", "3.1.0");
  json.key("info");
  json.begin_object();
  json.field("title", "Noctis PACS");
  json.field("version", version);
  json.end_object();
  json.key("security");
  json.raw(R"([{"bearer":[]},{"session":[]}])");
  json.key("paths");
  json.begin_object();
  for (const auto& [path, operations] : paths) {
    json.key(path);
    json.begin_object();
    for (const auto* operation : operations) write_operation(json, *operation);
    json.end_object();
  }
  json.end_object();
  write_components(json, schemas);
  json.end_object();
  return json.take();
}

} // namespace noctis
