#include "dicom/json/object.hpp"

#include "dicom/json/values.hpp"
#include "dicom/numbers.hpp"
#include "dicom/text.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <rapidjson/error/en.h>

#include <charconv>
#include <cstdlib>

namespace noctis {

namespace {

constexpr unsigned parse_flags =
    rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag;

/// Returns whether `value` has at most `levels` objects and arrays within each other.
bool is_nested_within(const rapidjson::Value& value, size_t levels) {
  if (!value.IsObject() && !value.IsArray()) return true;
  if (levels == 0) return false;
  if (value.IsArray()) {
    for (const auto& one : value.GetArray()) {
      if (!is_nested_within(one, levels - 1)) return false;
    }
    return true;
  }
  for (const auto& member : value.GetObject()) {
    if (!is_nested_within(member.value, levels - 1)) return false;
  }
  return true;
}

caf::expected<rapidjson::Document> parse(std::string_view json, const json_limits& limits) {
  if (json.size() > limits.size)
    return failure(errc::limit_exceeded, "the JSON is longer than " + std::to_string(limits.size) + " bytes");
  rapidjson::Document document;
  document.Parse<parse_flags>(json.data(), json.size());
  if (document.HasParseError())
    return failure(errc::invalid_argument, "the JSON is broken at byte " + std::to_string(document.GetErrorOffset()) +
                                               ": " + rapidjson::GetParseError_En(document.GetParseError()));
  constexpr size_t outer = 4; // an array of data sets, one of them, an attribute, its values
  constexpr size_t each = 3;  // an item, an attribute of it, its values
  if (!is_nested_within(document, outer + each * limits.depth + 1))
    return failure(errc::limit_exceeded,
                   "the JSON is nested deeper than " + std::to_string(limits.depth) + " sequences");
  return document;
}

std::string_view view_of(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

const rapidjson::Value* find_member(const rapidjson::Value& object, const char* name) {
  if (!object.IsObject()) return nullptr;
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

/// Returns the array of the values of attribute `tag`, nullptr where it has none.
const rapidjson::Value* values_of(const rapidjson::Value& object, tag_number tag) {
  const auto* attribute = find_attribute(object, tag);
  const auto* values = attribute == nullptr ? nullptr : find_member(*attribute, "Value");
  return values != nullptr && values->IsArray() ? values : nullptr;
}

std::string person_name(const rapidjson::Value& name) {
  std::string result;
  size_t missing = 0;
  for (const char* group : {"Alphabetic", "Ideographic", "Phonetic"}) {
    const auto* text = find_member(name, group);
    if (text != nullptr && text->IsString()) {
      result.append(missing, '=').append(view_of(*text));
      missing = 0;
    }
    ++missing;
  }
  return result;
}

void gather_texts(const rapidjson::Value& object, const std::vector<tag_number>& path, size_t at,
                  std::vector<std::string>& out) {
  if (at + 1 == path.size()) {
    for (auto& text : texts_of(object, path[at])) out.push_back(std::move(text));
    return;
  }
  for (const auto* item : items_of(object, path[at])) gather_texts(*item, path, at + 1, out);
}

/// Writes the digits of a binary VR's value: a tag, an integer or a floating-point number.
void write_digits(json_writer& out, vr representation, std::string_view text) {
  if (representation == vr::AT) return write_string(out, text);
  if (representation == vr::FD || representation == vr::FL)
    return write_number(out, std::strtod(std::string{text}.c_str(), nullptr));
  int64_t number = 0;
  const auto [end, state] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (state == std::errc{} && end == text.data() + text.size())
    out.Int64(number);
  else
    write_string(out, text);
}

void write_text_value(json_writer& out, vr representation, std::string_view value) {
  const bool is_binary_number =
      representation == vr::AT || (is_numeric(representation) && unit_size(representation) > 1);
  if (!is_binary_number) {
    text_decoder utf8{"ISO_IR 192"};
    return write_value_members(out, representation, value, false, utf8);
  }
  if (trimmed(value).empty()) return;
  out.Key("Value");
  out.StartArray();
  for (const auto one : split_values(value)) write_digits(out, representation, one);
  out.EndArray();
}

/// Returns the JSON of an attribute whose members besides "vr" `write` adds.
template <class Write>
std::string attribute_json(vr representation, Write write) {
  rapidjson::StringBuffer buffer;
  json_writer out{buffer};
  out.StartObject();
  out.Key("vr");
  write_string(out, letters_of(representation));
  write(out);
  out.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

} // namespace

caf::expected<rapidjson::Document> parse_json_object(std::string_view json, const json_limits& limits) {
  auto document = parse(json, limits);
  if (document && !document->IsObject())
    return failure(errc::invalid_argument, "the JSON is not the object of a data set");
  return document;
}

caf::expected<rapidjson::Document> parse_json_objects(std::string_view json, const json_limits& limits) {
  auto document = parse(json, limits);
  if (!document) return document;
  if (document->IsObject()) {
    rapidjson::Value object;
    object.Swap(*document);
    document->SetArray().PushBack(object, document->GetAllocator());
  }
  if (!document->IsArray()) return failure(errc::invalid_argument, "the JSON is not an array of data sets");
  for (const auto& object : document->GetArray()) {
    if (!object.IsObject())
      return failure(errc::invalid_argument, "the JSON has an element that is not the object of a data set");
  }
  return document;
}

const rapidjson::Value* find_attribute(const rapidjson::Value& object, tag_number tag) {
  auto digits = tag_digits(tag);
  const auto* attribute = find_member(object, digits.c_str());
  if (attribute == nullptr) { // small letters, which others write
    for (auto& c : digits) c = c >= 'A' ? static_cast<char>(c | 0x20) : c;
    attribute = find_member(object, digits.c_str());
  }
  return attribute != nullptr && attribute->IsObject() ? attribute : nullptr;
}

tag_number tag_of_digits(std::string_view digits) {
  tag_number tag = 0;
  const auto [end, state] = std::from_chars(digits.data(), digits.data() + digits.size(), tag, 16);
  const bool whole = digits.size() == 8 && state == std::errc{} && end == digits.data() + digits.size();
  return whole ? tag : 0;
}

vr vr_of(const rapidjson::Value& attribute, tag_number tag) {
  const auto* letters = find_member(attribute, "vr");
  const auto named = letters != nullptr && letters->IsString() ? vr_named(view_of(*letters)) : vr::none;
  return named == vr::none ? dictionary_vr(tag) : named;
}

std::string text_of_value(const rapidjson::Value& value) {
  if (value.IsString()) return std::string{view_of(value)};
  if (value.IsObject()) return person_name(value);
  if (value.IsInt64()) return std::to_string(value.GetInt64());
  if (value.IsUint64()) return std::to_string(value.GetUint64());
  if (!value.IsNumber()) return {};
  rapidjson::StringBuffer buffer;
  json_writer out{buffer};
  write_number(out, value.GetDouble());
  return {buffer.GetString(), buffer.GetSize()};
}

std::string text_of(const rapidjson::Value& object, tag_number tag) {
  const auto* values = values_of(object, tag);
  return values == nullptr || values->Empty() ? std::string{} : text_of_value((*values)[0]);
}

std::vector<std::string> texts_of(const rapidjson::Value& object, tag_number tag) {
  std::vector<std::string> result;
  const auto* values = values_of(object, tag);
  if (values == nullptr) return result;
  result.reserve(values->Size());
  for (const auto& value : values->GetArray()) result.push_back(text_of_value(value));
  return result;
}

std::vector<std::string> texts_at(const rapidjson::Value& object, const std::vector<tag_number>& path) {
  std::vector<std::string> result;
  if (!path.empty()) gather_texts(object, path, 0, result);
  return result;
}

std::vector<const rapidjson::Value*> items_of(const rapidjson::Value& object, tag_number tag) {
  std::vector<const rapidjson::Value*> result;
  const auto* values = values_of(object, tag);
  if (values == nullptr || vr_of(*find_attribute(object, tag), tag) != vr::SQ) return result;
  for (const auto& value : values->GetArray()) {
    if (value.IsObject()) result.push_back(&value);
  }
  return result;
}

json_data_set::json_data_set(const rapidjson::Value& object) {
  if (!object.IsObject()) return;
  for (const auto& member : object.GetObject()) {
    if (const auto tag = tag_of_digits(view_of(member.name)); tag != 0) copy(tag, member.value);
  }
}

json_data_set& json_data_set::set(tag_number tag, vr representation, std::string_view value) {
  attributes_[tag] =
      attribute_json(representation, [&](json_writer& out) { write_text_value(out, representation, value); });
  return *this;
}

json_data_set& json_data_set::set(tag_number tag, std::string_view value) {
  return set(tag, dictionary_vr(tag), value);
}

json_data_set& json_data_set::set_number(tag_number tag, vr representation, double value) {
  attributes_[tag] = attribute_json(representation, [value](json_writer& out) {
    out.Key("Value");
    out.StartArray();
    write_number(out, value);
    out.EndArray();
  });
  return *this;
}

json_data_set& json_data_set::set_items(tag_number tag, const std::vector<json_data_set>& items) {
  attributes_[tag] = attribute_json(vr::SQ, [&items](json_writer& out) {
    if (items.empty()) return;
    out.Key("Value");
    out.StartArray();
    for (const auto& item : items) {
      const auto json = item.str();
      out.RawValue(json.data(), json.size(), rapidjson::kObjectType);
    }
    out.EndArray();
  });
  return *this;
}

json_data_set& json_data_set::copy(tag_number tag, const rapidjson::Value& from) {
  rapidjson::StringBuffer buffer;
  json_writer out{buffer};
  from.Accept(out);
  attributes_[tag] = {buffer.GetString(), buffer.GetSize()};
  return *this;
}

json_data_set& json_data_set::erase(tag_number tag) {
  attributes_.erase(tag);
  return *this;
}

std::string json_data_set::str() const {
  std::string result = "{";
  for (const auto& [tag, json] : attributes_) {
    if (result.size() > 1) result += ',';
    result.append("\"").append(tag_digits(tag)).append("\":").append(json);
  }
  return result + "}";
}

} // namespace noctis
