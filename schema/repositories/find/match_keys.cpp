#include "schema/repositories/find/match_keys.hpp"

#include "schema/errors.hpp"
#include "schema/text.hpp"

#include <rapidjson/document.h>

#include <algorithm>

namespace noctis::schema {

namespace {

constexpr size_t most_keys = 32;
constexpr size_t longest_path = 4;
constexpr size_t most_values = 64;
constexpr size_t longest_value = 1024;

} // namespace

void check_match_keys(const std::vector<match_key>& keys) {
  const auto is_too_long = [](const std::string& value) { return storable(value, longest_value) != value; };
  const bool fits = keys.size() <= most_keys && std::all_of(keys.begin(), keys.end(), [&](const match_key& key) {
                      return !key.path.empty() && key.path.size() <= longest_path && key.values.size() <= most_values &&
                             std::none_of(key.values.begin(), key.values.end(), is_too_long);
                    });
  if (!fits)
    throw database_error(errc::invalid_argument, "attributes are at most 32, each with a path of 1 to 4 tags and at "
                                                 "most 64 values of at most 1024 characters");
}

std::string json_of(const std::vector<match_key>& keys) {
  std::string result = "[";
  for (const auto& key : keys) {
    if (result.size() > 1) result += ',';
    result += R"({"path":[)";
    for (size_t i = 0; i < key.path.size(); ++i) result += (i == 0 ? "" : ",") + std::to_string(key.path[i]);
    result += R"(],"values":[)";
    for (size_t i = 0; i < key.values.size(); ++i) result += (i == 0 ? "" : ",") + json_string(key.values[i]);
    result += "]}";
  }
  return result + "]";
}

std::vector<match_key> match_keys_from(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.c_str());
  std::vector<match_key> result;
  if (document.HasParseError() || !document.IsArray()) return result;
  for (const auto& item : document.GetArray()) {
    auto& key = result.emplace_back();
    for (const auto& tag : item["path"].GetArray()) key.path.push_back(tag.GetUint());
    for (const auto& value : item["values"].GetArray()) key.values.emplace_back(value.GetString());
  }
  return result;
}

} // namespace noctis::schema
