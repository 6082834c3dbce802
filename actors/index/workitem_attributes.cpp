#include "actors/index/workitem_attributes.hpp"

#include "dicom/json/object.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"
#include "messages/json_text.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <random>

namespace noctis {

namespace {

using rapidjson::Value;

constexpr size_t most_bytes = size_t{256} << 10;
constexpr size_t deepest = 8;

constexpr const char* sop_class_uid = "00080016";
constexpr const char* sop_instance_uid = "00080018";
constexpr const char* study_instance_uid = "0020000D";
constexpr const char* step_sequence = "00400100";
constexpr const char* start_date = "00400002";
constexpr const char* start_time = "00400003";
constexpr const char* step_id = "00400009";
constexpr const char* procedure_id = "00401001";
constexpr const char* start_date_time = "00404005";
constexpr const char* step_state = "00741000";
constexpr const char* transaction_uid = "00081195";

std::mt19937_64& generator() {
  static thread_local std::mt19937_64 instance = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
    return std::mt19937_64{seed};
  }();
  return instance;
}

/// Returns an identifier of at most 16 characters (PS3.5 6.2, SH).
std::string random_id(char kind) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%c%012llX", kind,
                static_cast<unsigned long long>(generator()() & 0xFFFFFFFFFFFFULL));
  return text.data();
}

bool is_tag(const Value& name) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); };
  return name.GetStringLength() == 8 && std::all_of(name.GetString(), name.GetString() + 8, is_hex);
}

std::string objection_to(const Value& data_set);

/// Returns what is wrong with an element (PS3.18 F.2.2), "" for nothing.
std::string objection_to_element(const Value& element, const std::string& tag) {
  if (!element.IsObject() || !element.HasMember("vr") || !element["vr"].IsString() ||
      element["vr"].GetStringLength() != 2)
    return tag + " has no vr of two letters";
  if (!element.HasMember("Value")) return {};
  if (!element["Value"].IsArray()) return "the Value of " + tag + " is not an array";
  const bool is_sequence = std::string{element["vr"].GetString()} == "SQ";
  for (const auto& value : element["Value"].GetArray()) {
    if (!is_sequence) continue;
    auto objection = objection_to(value);
    if (!objection.empty()) return objection;
  }
  return {};
}

std::string objection_to(const Value& data_set) {
  if (!data_set.IsObject()) return "a data set is a JSON object";
  for (const auto& member : data_set.GetObject()) {
    const std::string tag{member.name.GetString(), member.name.GetStringLength()};
    if (!is_tag(member.name)) return "\"" + tag.substr(0, 64) + "\" is not a tag of eight upper-case hex digits";
    auto objection = objection_to_element(member.value, tag);
    if (!objection.empty()) return objection;
  }
  return {};
}

caf::expected<rapidjson::Document> parsed(const std::string& json) {
  if (json.size() > most_bytes)
    return failure(errc::limit_exceeded, "a workitem or a performed step has at most 256 KiB");
  auto attributes = parse_json_object(json, {most_bytes, deepest});
  if (!attributes) return attributes;
  auto objection = objection_to(*attributes);
  if (!objection.empty()) return failure(errc::invalid_argument, objection);
  return attributes;
}

/// Returns the first value of an attribute, "" where it has none or one that is not a string.
std::string text_in(const Value& data_set, const char* tag) {
  const auto found = data_set.FindMember(tag);
  if (found == data_set.MemberEnd() || !found->value.HasMember("Value")) return {};
  const auto& values = found->value["Value"];
  return !values.Empty() && values[0].IsString() ? values[0].GetString() : "";
}

void set_text(Value& data_set, const char* tag, const char* vr, const std::string& value,
              rapidjson::Document::AllocatorType& memory) {
  data_set.RemoveMember(tag);
  Value values{rapidjson::kArrayType};
  values.PushBack(Value{value.c_str(), memory}, memory);
  Value element{rapidjson::kObjectType};
  element.AddMember("vr", Value{vr, memory}, memory);
  element.AddMember("Value", values, memory);
  data_set.AddMember(Value{tag, memory}, element, memory);
}

/// Returns the one item of the Scheduled Procedure Step Sequence; null where there is none and none is to be made.
Value* step_of(rapidjson::Document& attributes, bool makes) {
  auto& memory = attributes.GetAllocator();
  if (!attributes.HasMember(step_sequence) || !attributes[step_sequence].HasMember("Value") ||
      attributes[step_sequence]["Value"].Empty()) {
    if (!makes) return nullptr;
    attributes.RemoveMember(step_sequence);
    Value items{rapidjson::kArrayType};
    items.PushBack(Value{rapidjson::kObjectType}, memory);
    Value element{rapidjson::kObjectType};
    element.AddMember("vr", "SQ", memory);
    element.AddMember("Value", items, memory);
    attributes.AddMember(Value{step_sequence, memory}, element, memory);
  }
  auto& first = attributes[step_sequence]["Value"][0];
  return first.IsObject() ? &first : nullptr;
}

void take_start(rapidjson::Document& attributes) {
  const auto moment = text_in(attributes, start_date_time);
  if (moment.size() < 8) return;
  auto* step = step_of(attributes, true);
  if (!step || !text_in(*step, start_date).empty()) return;
  set_text(*step, start_date, "DA", moment.substr(0, 8), attributes.GetAllocator());
  const auto time = moment.substr(8, moment.find_first_of("+-", 8) - 8);
  if (!time.empty()) set_text(*step, start_time, "TM", time, attributes.GetAllocator());
}

void complete(rapidjson::Document& attributes) {
  auto& memory = attributes.GetAllocator();
  if (text_in(attributes, study_instance_uid).empty())
    set_text(attributes, study_instance_uid, "UI", new_uid(), memory);
  if (text_in(attributes, procedure_id).empty()) set_text(attributes, procedure_id, "SH", random_id('R'), memory);
  auto* step = step_of(attributes, true);
  if (step && text_in(*step, step_id).empty()) set_text(*step, step_id, "SH", random_id('S'), memory);
}

} // namespace

caf::expected<std::string> checked_attributes(const std::string& json) {
  auto attributes = parsed(json);
  if (!attributes) return attributes.error();
  return json_of(*attributes);
}

caf::expected<std::string> workitem_attributes(const std::string& json, bool completes) {
  auto found = parsed(json);
  if (!found) return found.error();
  auto& attributes = *found;
  for (const auto* kept_apart : {sop_class_uid, sop_instance_uid, step_state, transaction_uid})
    attributes.RemoveMember(kept_apart);
  take_start(attributes);
  if (completes) complete(attributes);
  return json_of(attributes);
}

} // namespace noctis
