#include "http/api/schemas.hpp"

#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace noctis {

namespace {

std::string text_of(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::string scalar(const rapidjson::Value& value) {
  if (value.IsString()) return text_of(value);
  if (value.IsInt64()) return std::to_string(value.GetInt64());
  return value.IsNull() ? "null" : "a value";
}

std::string listed(const rapidjson::Value& values) {
  std::string result;
  for (const auto& one : values.GetArray()) result += (result.empty() ? "" : ", ") + scalar(one);
  return result;
}

/// What a client is told of a value that its schema's `keyword` does not allow.
std::string sentence(const std::string& keyword, const rapidjson::Value& schema) {
  const auto limit = [&](const char* name) { return scalar(schema[name]); };
  const auto has = [&](const char* name) { return schema.HasMember(name); };
  if (keyword == "enum" && has("enum")) return "Must be one of " + listed(schema["enum"]) + ".";
  if (keyword == "minLength" && has("minLength")) return "This field may not be blank.";
  if (keyword == "maxLength" && has("maxLength")) return "Longer than " + limit("maxLength") + " characters.";
  if (keyword == "minimum" && has("minimum")) return "Must be at least " + limit("minimum") + ".";
  if (keyword == "maximum" && has("maximum")) return "Must be at most " + limit("maximum") + ".";
  if (keyword == "minItems" && has("minItems")) return "Must have at least " + limit("minItems") + " entries.";
  if (keyword == "maxItems" && has("maxItems")) return "Must have at most " + limit("maxItems") + " entries.";
  if (keyword == "type" && has("type") && schema["type"].IsString())
    return schema["type"] == "string" ? "Not a valid string." : "Must be of the type " + text_of(schema["type"]) + ".";
  return has("description") ? "Must be: " + text_of(schema["description"]) : "Not a valid value (" + keyword + ").";
}

bool has_null_character(const rapidjson::Value& value) {
  if (value.IsString()) return text_of(value).find('\0') != std::string::npos;
  if (value.IsArray()) return std::any_of(value.Begin(), value.End(), has_null_character);
  return value.IsObject() && std::any_of(value.MemberBegin(), value.MemberEnd(), [](const auto& member) {
           return has_null_character(member.name) || has_null_character(member.value);
         });
}

} // namespace

/// A schema of an object, with its properties ready for use.
struct api_schemas::body_schema {
  explicit body_schema(const rapidjson::Value& object) : whole(object) {
    if (!object.HasMember("properties")) return;
    for (const auto& property : object["properties"].GetObject())
      properties.emplace(text_of(property.name),
                         property_schema{&property.value, std::make_unique<rapidjson::SchemaDocument>(property.value)});
  }

  struct property_schema {
    const rapidjson::Value* text;
    std::unique_ptr<rapidjson::SchemaDocument> compiled;
  };

  [[nodiscard]] std::string wrong_with(const property_schema& schema, const rapidjson::Value& value) const {
    if (has_null_character(value)) return "Null characters are not allowed.";
    rapidjson::SchemaValidator validator(*schema.compiled);
    if (value.Accept(validator)) return {};
    const auto inner = validator.GetInvalidDocumentPointer().GetTokenCount() > 0;
    const auto* place = validator.GetInvalidSchemaPointer().Get(*schema.text);
    auto text = sentence(validator.GetInvalidSchemaKeyword(), place != nullptr ? *place : *schema.text);
    if (!inner) return text;
    rapidjson::StringBuffer pointer;
    validator.GetInvalidDocumentPointer().Stringify(pointer);
    return std::string("At ") + pointer.GetString() + ": " + text;
  }

  const rapidjson::Value& whole;
  std::map<std::string, property_schema> properties;
};

api_schemas::api_schemas() {
  components_.SetObject();
  for (const auto* part : {"schemas", "parameters"})
    components_.AddMember(rapidjson::StringRef(part), rapidjson::Value(rapidjson::kObjectType),
                          components_.GetAllocator());
  for (const auto* text : embedded_schemas()) add_document(text);
  for (const auto& schema : components_["schemas"].GetObject())
    bodies_.emplace(text_of(schema.name), std::make_unique<body_schema>(schema.value));
}

api_schemas::~api_schemas() = default;

void api_schemas::add_document(const char* text) {
  rapidjson::Document document;
  document.Parse(text);
  if (document.HasParseError() || !document.IsObject())
    throw std::logic_error("a document of http/api/schemas is not a JSON object: " + std::string(text).substr(0, 60));
  auto& allocator = components_.GetAllocator();
  for (const auto& part : document.GetObject()) {
    for (const auto& entry : part.value.GetObject())
      components_[part.name].AddMember(rapidjson::Value(entry.name, allocator),
                                       rapidjson::Value(entry.value, allocator), allocator);
  }
}

field_errors api_schemas::check(const std::string& schema, const rapidjson::Value& object) const {
  field_errors errors;
  const auto& body = *bodies_.at(schema);
  const auto& rules = body.whole;
  if (rules.HasMember("required")) {
    for (const auto& name : rules["required"].GetArray()) {
      if (!object.HasMember(name)) errors[text_of(name)].emplace_back("This field is required.");
    }
  }
  const auto closed = rules.HasMember("additionalProperties") && rules["additionalProperties"].IsFalse();
  for (const auto& member : object.GetObject()) {
    const auto name = text_of(member.name);
    const auto known = body.properties.find(name);
    if (known == body.properties.end()) {
      if (closed) errors[name].emplace_back("Unknown field.");
    } else if (auto wrong = body.wrong_with(known->second, member.value); !wrong.empty()) {
      errors[name].emplace_back(std::move(wrong));
    }
  }
  if (errors.empty() && rules.HasMember("minProperties") && object.MemberCount() == 0) {
    for (const auto& [name, property] : body.properties) errors[name].emplace_back("One of these fields is required.");
  }
  return errors;
}

} // namespace noctis
