#include "schema/repositories/find/answer.hpp"

#include "schema/rows.hpp"
#include "schema/text.hpp"

#include <algorithm>
#include <map>

namespace noctis::schema {

namespace {

using members = std::map<uint32_t, std::string>; ///< by tag: the element as JSON

constexpr uint32_t specific_character_set = 0x00080005;
constexpr uint32_t instance_availability = 0x00080056;

std::vector<std::string> divided(const std::string& text, char separator) {
  std::vector<std::string> result(1);
  for (const char c : text) {
    if (c == separator)
      result.emplace_back();
    else
      result.back() += c;
  }
  return result;
}

/// Returns a person name as an object of its component groups (PS3.18 F.2.2).
std::string name_object(const std::string& name) {
  static constexpr const char* groups[]{"Alphabetic", "Ideographic", "Phonetic"};
  std::string result;
  size_t at = 0;
  for (const auto& group : divided(name, '=')) {
    if (at < std::size(groups) && !group.empty())
      result += (result.empty() ? "{" : ",") + json_string(groups[at]) + ":" + json_string(group);
    ++at;
  }
  return result.empty() ? "null" : result + "}";
}

bool is_number(const std::string& vr) { return vr == "IS" || vr == "US"; }
bool has_one_value(const std::string& vr) { return vr == "LT" || vr == "ST" || vr == "UT"; }

std::string value_object(const std::string& vr, const std::string& value) {
  if (is_number(vr)) return value;
  if (vr == "PN") return name_object(value);
  return value.empty() ? "null" : json_string(value);
}

std::string element(const std::string& vr, const std::vector<std::string>& values) {
  auto result = R"({"vr":")" + vr + '"';
  for (size_t i = 0; i < values.size(); ++i) result += (i == 0 ? R"(,"Value":[)" : ",") + value_object(vr, values[i]);
  return result + (values.empty() ? "}" : "]}");
}

std::vector<std::string> values_from(const queryable& attribute, const pqxx::field& field) {
  if (field.is_null()) return {};
  if (attribute.how == match_by::modalities || attribute.how == match_by::classes) return array_from(field);
  const auto text = field.as<std::string>();
  if (text.empty()) return {};
  return has_one_value(attribute.vr) ? std::vector<std::string>{text} : divided(text, '\\');
}

/// What is kept in the `attributes` of a level is an element as it stands.
bool is_kept(const queryable& attribute) { return !attribute.shown && !attribute.column; }

std::string column_of(const queryable& attribute) {
  if (is_kept(attribute)) return alias_of(attribute.level) + ".attributes -> '" + digits_of(attribute.tag) + "'";
  return attribute.shown ? attribute.shown : attribute.column;
}

bool is_asked_for(const find_request& request, uint32_t tag) {
  return request.returns_all ||
         std::find(request.returned.begin(), request.returned.end(), tag) != request.returned.end();
}

/// Counts of a patient stand only in answers about patients.
bool belongs_to(query_level level, const queryable& attribute) {
  return attribute.level <= level && (attribute.how != match_by::none || attribute.level == level);
}

} // namespace

find_answer::find_answer(const find_request& request) {
  for (const auto& attribute : find_attributes()) {
    if (!belongs_to(request.level, attribute)) continue;
    const bool asked = is_asked_for(request, attribute.tag);
    if (attribute.when == presence::requested && !asked) continue;
    const bool even_if_empty = attribute.when == presence::always || (asked && !request.returns_all);
    parts_.push_back({&attribute, even_if_empty});
  }
}

std::string find_answer::columns() const {
  std::string result;
  for (const auto& one : parts_) result += (result.empty() ? "" : ", ") + column_of(*one.attribute);
  return result;
}

std::string find_answer::object_from(const pqxx::row& row) const {
  members found;
  found[specific_character_set] = element("CS", {"ISO_IR 192"});
  found[instance_availability] = element("CS", {"ONLINE"});
  int column = 0;
  for (const auto& [attribute, even_if_empty] : parts_) {
    const auto field = row[column++];
    const auto values = is_kept(*attribute) ? std::vector<std::string>{} : values_from(*attribute, field);
    if (is_kept(*attribute) && !field.is_null())
      found[attribute->tag] = field.as<std::string>();
    else if (even_if_empty || !values.empty())
      found[attribute->tag] = element(attribute->vr, values);
  }
  std::string result;
  for (const auto& [tag, json] : found) result += (result.empty() ? "{\"" : ",\"") + digits_of(tag) + "\":" + json;
  return result + "}";
}

} // namespace noctis::schema
