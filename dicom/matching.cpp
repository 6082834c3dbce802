#include "dicom/matching.hpp"

#include "dicom/json/object.hpp"
#include "dicom/matching_values.hpp"
#include "dicom/numbers.hpp"
#include "dicom/text.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace noctis {

namespace {

using json_value = rapidjson::Value;
using key_list = std::vector<const match_key*>;

constexpr tag_number specific_character_set = 0x00080005;
constexpr tag_number query_retrieve_level = 0x00080052;
constexpr tag_number patient_id = 0x00100020;

struct moment_tags {
  tag_number date;
  tag_number time;
};

constexpr std::array<moment_tags, 11> moments{{{0x00080012, 0x00080013},
                                               {0x00080020, 0x00080030},
                                               {0x00080021, 0x00080031},
                                               {0x00080022, 0x00080032},
                                               {0x00080023, 0x00080033},
                                               {0x00100030, 0x00100032},
                                               {0x00400002, 0x00400003},
                                               {0x00400004, 0x00400005},
                                               {0x00400244, 0x00400245},
                                               {0x00400250, 0x00400251},
                                               {0x00402004, 0x00402005}}};

bool is_universal(std::string_view value) { return value.find_first_not_of("* ") == std::string_view::npos; }

bool is_universal(const match_key& key) {
  return key.path.empty() || key.values.empty() ||
         std::any_of(key.values.begin(), key.values.end(), [](const auto& value) { return is_universal(value); });
}

/// Returns the bytes of the character that begins `text`.
size_t character_size(std::string_view text) {
  size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return size;
}

bool numbers_match(std::string_view value, std::string_view wanted) {
  const auto is = numbers_of(vr::DS, value, false);
  const auto asked = numbers_of(vr::DS, wanted, false);
  return value == wanted || (is.size() == 1 && asked.size() == 1 && is.front() == asked.front());
}

/// Returns the VR by which attribute `tag` is compared: an identifier is no prose.
vr compared_as(const json_value& attribute, tag_number tag) {
  return tag == patient_id ? vr::SH : vr_of(attribute, tag);
}

bool attribute_matches(const json_value& object, const match_key& key, bool fuzzy_names) {
  const auto tag = key.path.back();
  const auto* attribute = find_attribute(object, tag);
  if (attribute == nullptr) return false;
  const auto representation = compared_as(*attribute, tag);
  const auto values = texts_of(object, tag);
  return std::any_of(values.begin(), values.end(), [&](const auto& value) {
    return std::any_of(key.values.begin(), key.values.end(),
                       [&](const auto& wanted) { return value_matches(representation, value, wanted, fuzzy_names); });
  });
}

const match_key* range_of(const key_list& keys, size_t depth, tag_number tag, vr representation) {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto* key) {
    return key->path.size() == depth + 1 && key->path.back() == tag && key->values.size() == 1 &&
           is_range(representation, key->values.front());
  });
  return found == keys.end() ? nullptr : *found;
}

/// Takes out of `keys` the ranges of dates and times that make one range together. Returns whether all of them match.
bool take_moments(const json_value& object, key_list& keys, size_t depth) {
  for (const auto& [date, time] : moments) {
    const auto* dates = range_of(keys, depth, date, vr::DA);
    const auto* times = range_of(keys, depth, time, vr::TM);
    if (dates == nullptr || times == nullptr) continue;
    if (!moment_matches(text_of(object, date), text_of(object, time), dates->values.front(), times->values.front()))
      return false;
    keys.erase(std::remove_if(keys.begin(), keys.end(), [&](const auto* key) { return key == dates || key == times; }),
               keys.end());
  }
  return true;
}

bool all_match(const json_value& object, key_list keys, size_t depth, bool fuzzy_names) {
  if (!take_moments(object, keys, depth)) return false;
  std::map<tag_number, key_list> inside;
  for (const auto* key : keys) {
    if (key->path.size() > depth + 1)
      inside[key->path[depth]].push_back(key);
    else if (!attribute_matches(object, *key, fuzzy_names))
      return false;
  }
  return std::all_of(inside.begin(), inside.end(), [&](const auto& group) {
    const auto items = items_of(object, group.first);
    return std::any_of(items.begin(), items.end(),
                       [&](const auto* item) { return all_match(*item, group.second, depth + 1, fuzzy_names); });
  });
}

bool controls_the_query(tag_number tag) {
  constexpr std::array<tag_number, 4> controls{specific_character_set, query_retrieve_level, 0x00080053, 0x00080201};
  return (tag & 0xFFFF) == 0 || std::find(controls.begin(), controls.end(), tag) != controls.end();
}

caf::error gather_keys(const json_value& object, std::vector<uint32_t>& path, std::vector<match_key>& out) {
  for (const auto& member : object.GetObject()) {
    const auto tag = tag_of_digits({member.name.GetString(), member.name.GetStringLength()});
    if (tag == 0 || controls_the_query(tag) || !member.value.IsObject()) continue;
    path.push_back(tag);
    const auto representation = vr_of(member.value, tag);
    if (representation == vr::SQ) {
      const auto items = items_of(object, tag);
      if (items.size() > 1)
        return failure(errc::invalid_argument, describe_tag(tag) + " in the identifier has more than one item");
      if (!items.empty()) {
        if (auto err = gather_keys(*items.front(), path, out)) return err;
      }
    } else if (member.value.HasMember("InlineBinary") || member.value.HasMember("BulkDataURI")) {
      return failure(errc::invalid_argument, describe_tag(tag) + " in the identifier is binary: it cannot be matched");
    } else {
      auto values = texts_of(object, tag);
      values.erase(std::remove(values.begin(), values.end(), std::string{}), values.end());
      if (!values.empty()) out.push_back({path, std::move(values)});
    }
    path.pop_back();
  }
  return caf::none;
}

json_data_set shaped(const json_value& match, const json_value& identifier) {
  json_data_set result;
  for (const auto& member : identifier.GetObject()) {
    const auto tag = tag_of_digits({member.name.GetString(), member.name.GetStringLength()});
    if (tag == 0 || controls_the_query(tag) || !member.value.IsObject()) continue;
    const auto* attribute = find_attribute(match, tag);
    const auto wanted = items_of(identifier, tag);
    if (attribute == nullptr) {
      result.set(tag, vr_of(member.value, tag), "");
    } else if (wanted.empty() || wanted.front()->ObjectEmpty()) {
      result.copy(tag, *attribute);
    } else {
      std::vector<json_data_set> items;
      for (const auto* item : items_of(match, tag)) items.push_back(shaped(*item, *wanted.front()));
      result.set_items(tag, items);
    }
  }
  if (const auto* set = find_attribute(match, specific_character_set)) result.copy(specific_character_set, *set);
  return result;
}

} // namespace

bool wildcard_matches(std::string_view value, std::string_view pattern) {
  size_t at = 0;
  size_t in_pattern = 0;
  size_t star = std::string_view::npos; // the last one, and where what it stands for ends
  size_t star_end = 0;
  while (at < value.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      star_end = at;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == '?') {
      at += character_size(value.substr(at));
      ++in_pattern;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == value[at]) {
      ++at;
      ++in_pattern;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = star_end += character_size(value.substr(star_end));
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

bool value_matches(vr representation, std::string_view value, std::string_view wanted, bool fuzzy_names) {
  if (is_universal(wanted)) return true;
  value = trimmed(value);
  wanted = trimmed(wanted);
  switch (representation) {
  case vr::PN:
    return person_name_matches(value, wanted, fuzzy_names);
  case vr::DA:
  case vr::TM:
  case vr::DT:
    return time_matches(representation, value, wanted);
  case vr::UI:
    return value == wanted;
  case vr::LO:
  case vr::LT:
  case vr::ST:
  case vr::UC:
  case vr::UT:
    return wildcard_matches(folded(value), folded(wanted));
  default:
    return is_numeric(representation) ? numbers_match(value, wanted) : wildcard_matches(value, wanted);
  }
}

bool matches(const json_value& object, const std::vector<match_key>& keys, bool fuzzy_names) {
  key_list restricting;
  for (const auto& key : keys) {
    if (!is_universal(key)) restricting.push_back(&key);
  }
  return all_match(object, std::move(restricting), 0, fuzzy_names);
}

caf::expected<identifier_query> match_keys_of(const json_value& identifier) {
  if (!identifier.IsObject()) return failure(errc::invalid_argument, "the identifier is not the object of a data set");
  identifier_query result;
  result.level = text_of(identifier, query_retrieve_level);
  std::vector<uint32_t> path;
  if (auto err = gather_keys(identifier, path, result.keys)) return err;
  for (const auto& member : identifier.GetObject()) {
    const auto tag = tag_of_digits({member.name.GetString(), member.name.GetStringLength()});
    if (tag != 0 && !controls_the_query(tag)) result.returned.push_back(tag);
  }
  std::sort(result.returned.begin(), result.returned.end());
  return result;
}

std::string only_requested(const json_value& match, const std::vector<uint32_t>& returned) {
  json_data_set result;
  for (const auto tag : returned) {
    if (const auto* attribute = find_attribute(match, tag))
      result.copy(tag, *attribute);
    else
      result.set(tag, "");
  }
  if (const auto* set = find_attribute(match, specific_character_set)) result.copy(specific_character_set, *set);
  return result.str();
}

std::string only_requested(const json_value& match, const json_value& identifier) {
  return identifier.IsObject() ? shaped(match, identifier).str() : std::string{"{}"};
}

} // namespace noctis
