#include "schema/repositories/find/matching.hpp"

#include "schema/array_literal.hpp"
#include "schema/errors.hpp"
#include "schema/repositories/find/value_range.hpp"
#include "schema/repositories/find/word_matching.hpp"
#include "schema/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace noctis::schema {

namespace {

constexpr size_t max_value = 1024;

[[noreturn]] void refuse(const queryable& attribute, const std::string& value, const char* why) {
  throw database_error(errc::invalid_argument,
                       "(" + digits_of(attribute.tag).insert(4, ",") + "): \"" + storable(value, 64) + "\" " + why);
}

bool has_wildcards(const std::string& value) { return value.find_first_of("*?") != std::string::npos; }

/// Returns the values as an array literal.
std::string list_of(const match_key& key) {
  array_literal result;
  for (const auto& value : key.values) result.add(storable(value, max_value));
  return result.str();
}

/// Returns `value` without the spaces that pad it.
std::string trimmed(const std::string& value) {
  const auto first = value.find_first_not_of(' ');
  return first == std::string::npos ? "" : value.substr(first, value.find_last_not_of(' ') - first + 1);
}

/// Returns the path of a key into the `attributes` of its level, for jsonb_path_query.
std::string json_path_of(const match_key& key) {
  std::string path = "$";
  for (const auto tag : key.path) path += ".\"" + digits_of(tag) + "\".Value[*]";
  return path;
}

/// Writes the conditions of one attribute after the other.
class matcher {
public:
  matcher(conditions& where, const matching_options& options) : where_(where), options_(options) {}

  void add(const known_key& one) {
    const auto& attribute = *one.attribute;
    const auto& key = *one.key;
    const std::string column = attribute.column ? attribute.column : "";
    if (!attribute.column) return add_kept(one);
    switch (attribute.how) {
    case match_by::uid:
      return where_.add(column + " = any(", list_of(key), "::text[])");
    case match_by::term:
      return add_term(column, key);
    case match_by::code:
      return add_code(attribute, key);
    case match_by::text:
      return add_text(attribute, key);
    case match_by::name:
      return add_name(attribute, key);
    case match_by::date:
    case match_by::time:
      return add_ranges(attribute, key);
    case match_by::number:
      return add_number(attribute, key);
    case match_by::modalities:
      return add_modalities(key);
    case match_by::classes:
      return add_classes(key);
    case match_by::none:
      return;
    }
  }

  /// Adds one range of moments, of two keys that have a range each.
  void add_moments(const known_key& date, const known_key& time) {
    const auto days = range_of(date, date.key->values.front());
    const auto times = range_of(time, time.key->values.front());
    const auto day = value_of(*date.attribute);
    const auto clock = value_of(*time.attribute);
    where_.add(within(days, day));
    if (!days.from.empty())
      where_.add("(" + day + " > " + where_.parameter(days.from) + " or " + clock +
                 " >= " + where_.parameter(times.from) + ")");
    if (!days.to.empty() && !times.to.empty())
      where_.add("(" + day + " < " + where_.parameter(days.to) + " or " + clock +
                 " <= " + where_.parameter(last_of(times)) + ")");
  }

  static value_range range_of(const known_key& one, const std::string& value) {
    const auto range = one.attribute->how == match_by::date ? date_range(trimmed(value)) : time_range(trimmed(value));
    if (!range) refuse(*one.attribute, value, one.attribute->how == match_by::date ? "is no date" : "is no time");
    return *range;
  }

private:
  void add_term(const std::string& column, const match_key& key) {
    const bool patterns = std::any_of(key.values.begin(), key.values.end(), has_wildcards);
    if (!patterns)
      return where_.add(column + " = any(array(select id from terms where term = any(", list_of(key), "::text[])))");
    std::vector<std::string> alternatives;
    for (const auto& value : key.values)
      alternatives.push_back("term like wildcards_to_like(" + where_.parameter(storable(value, max_value)) + ")");
    auto terms = where_.nested();
    terms.add_any(alternatives);
    where_.add(column + " = any(array(select id from terms where " + terms.sql() + "))");
  }

  void add_code(const queryable& attribute, const match_key& key) {
    const std::string column = attribute.column;
    std::vector<std::string> alternatives;
    for (const auto& value : key.values) {
      const auto text = where_.parameter(storable(trimmed(value), max_value));
      alternatives.push_back(has_wildcards(value) ? column + " like wildcards_to_like(" + text + ")"
                                                  : column + " = " + text);
    }
    where_.add_any(alternatives);
    // The index leaves out the many studies that have none.
    if (attribute.tag == accession_number) where_.add(column + " <> ''");
  }

  void add_text(const queryable& attribute, const match_key& key) {
    std::vector<std::string> alternatives;
    const bool is_folded = attribute.tag == study_description;
    const auto folded = is_folded ? "s.description_folded" : "fold(" + std::string{attribute.column} + ")";
    for (const auto& value : key.values) {
      const auto pattern = "wildcards_to_like(fold(" + where_.parameter(storable(value, max_value)) + "))";
      auto found = folded + " like " + pattern;
      if (is_folded) found += " and s.search_text like '%' || " + pattern + " || '%'"; // has an index
      alternatives.push_back("(" + found + ")");
    }
    where_.add_any(alternatives);
  }

  void add_name(const queryable& attribute, const match_key& key) {
    std::vector<std::string> alternatives;
    const bool of_patient = attribute.tag == patient_name;
    const auto groups = "fold_name(" + std::string{attribute.column} + ")";
    for (const auto& given : key.values) {
      const auto value = storable(given, max_value);
      if (of_patient)
        alternatives.push_back(patient_name_condition(where_, value, options_.fuzzy_names, options_.joins_studies));
      else
        alternatives.push_back(name_condition(where_, groups, value));
    }
    where_.add_any(alternatives);
    if (attribute.tag == referring_physician) where_.add(std::string{attribute.column} + " <> ''");
  }

  void add_ranges(const queryable& attribute, const match_key& key) {
    std::vector<std::string> alternatives;
    for (const auto& value : key.values)
      alternatives.push_back(within(range_of({&key, &attribute}, value), value_of(attribute)));
    where_.add_any(alternatives);
  }

  void add_number(const queryable& attribute, const match_key& key) {
    array_literal numbers;
    for (const auto& value : key.values) {
      const auto text = trimmed(value);
      int64_t number = 0;
      const char* begin = text.data() + (text.compare(0, 1, "+") == 0 ? 1 : 0);
      const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
      if (error != std::errc{} || end != text.data() + text.size()) refuse(attribute, value, "is no number");
      numbers.add(number);
    }
    where_.add(std::string{attribute.column} + " = any(", numbers.str(), "::bigint[])");
  }

  void add_modalities(const match_key& key) {
    if (std::none_of(key.values.begin(), key.values.end(), has_wildcards))
      return where_.add("s.modalities && ", list_of(key), "::text[]");
    std::vector<std::string> alternatives;
    for (const auto& value : key.values)
      alternatives.push_back("m like wildcards_to_like(" + where_.parameter(storable(value, max_value)) + ")");
    auto some = where_.nested();
    some.add_any(alternatives);
    where_.add("exists (select from unnest(s.modalities) m where " + some.sql() + ")");
  }

  void add_classes(const match_key& key) {
    where_.add("exists (select from series kr join instances ki on ki.series = kr.id and ki.replaced_at is null "
               "where kr.study = s.id and ki.sop_class = any(array(select id from terms where term = any(",
               list_of(key), "::text[]))))");
  }

  /// What stands in the `attributes` of a level: after the columns have narrowed.
  void add_kept(const known_key& one) {
    const auto& attribute = *one.attribute;
    const auto& key = *one.key;
    const bool nested = key.path.size() > 1;
    if (!nested && (attribute.how == match_by::date || attribute.how == match_by::time))
      return add_ranges(attribute, key);
    std::vector<std::string> alternatives;
    for (const auto& value : key.values) {
      const auto text = where_.parameter(storable(trimmed(value), max_value));
      if (!nested && attribute.how == match_by::code)
        alternatives.push_back("v like wildcards_to_like(" + text + ")");
      else if (!nested && attribute.how == match_by::name)
        alternatives.push_back("fold_name(v) like name_pattern(" + text + ")");
      else
        alternatives.push_back("fold(v) like wildcards_to_like(fold(" + text + "))");
    }
    auto some = where_.nested();
    some.add_any(alternatives);
    where_.add(alias_of(attribute.level) + ".attributes ? '" + digits_of(attribute.tag) + "'");
    where_.add("exists (select from values_at(" + alias_of(attribute.level) + ".attributes, '" + json_path_of(key) +
               "') v where " + some.sql() + ")");
  }

  std::string within(const value_range& range, const std::string& column) {
    auto result = "(" + column + " >= " + where_.parameter(std::max(range.from, std::string{"0"}));
    if (!range.to.empty()) result += " and " + column + " <= " + where_.parameter(last_of(range));
    return result + ")";
  }

  static constexpr uint32_t accession_number = 0x00080050;
  static constexpr uint32_t referring_physician = 0x00080090;
  static constexpr uint32_t study_description = 0x00081030;
  static constexpr uint32_t patient_name = 0x00100010;

  conditions& where_;
  matching_options options_;
};

struct moment_tags {
  uint32_t date;
  uint32_t time;
};

constexpr std::array<moment_tags, 6> moments{{{0x00080012, 0x00080013},
                                              {0x00080020, 0x00080030},
                                              {0x00080021, 0x00080031},
                                              {0x00080022, 0x00080032},
                                              {0x00080023, 0x00080033},
                                              {0x00400244, 0x00400245}}};

/// Whether the key has one value and that is a range.
bool is_range(const known_key& one) {
  return one.key->path.size() == 1 && one.key->values.size() == 1 &&
         one.key->values.front().find('-') != std::string::npos;
}

/// Returns the key of the time that belongs to the date `one`, both ranges; nullptr where there is none.
const known_key* time_of(const known_key& one, const std::vector<known_key>& keys) {
  if (!is_range(one)) return nullptr;
  const auto pair =
      std::find_if(moments.begin(), moments.end(), [&](const auto& tags) { return tags.date == one.attribute->tag; });
  if (pair == moments.end()) return nullptr;
  const auto time = std::find_if(keys.begin(), keys.end(), [&](const known_key& other) {
    return other.attribute->tag == pair->time && is_range(other);
  });
  return time == keys.end() ? nullptr : &*time;
}

} // namespace

bool is_universal(const match_key& key) {
  return key.values.empty() || std::any_of(key.values.begin(), key.values.end(), [](const auto& value) {
           return value.find_first_not_of("* ") == std::string::npos;
         });
}

void add_keys(conditions& where, const std::vector<known_key>& keys, const matching_options& options) {
  matcher match{where, options};
  std::vector<const known_key*> paired;
  for (const auto& one : keys) {
    if (const auto* time = time_of(one, keys)) {
      match.add_moments(one, *time);
      paired.insert(paired.end(), {&one, time});
    }
  }
  for (const auto& one : keys) {
    if (std::find(paired.begin(), paired.end(), &one) == paired.end()) match.add(one);
  }
}

} // namespace noctis::schema
