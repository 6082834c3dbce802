#include "schema/repositories/find/word_matching.hpp"

#include "schema/text.hpp"

#include <algorithm>
#include <cstdint>

namespace noctis::schema {

namespace {

constexpr size_t max_words = 8;

/// Returns the characters in UTF-8 text.
size_t length_of(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

std::vector<std::string> divided(const std::string& text, char separator) {
  std::vector<std::string> result;
  for (size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(separator, at), text.size());
    if (end > at) result.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

std::string without_wildcards(std::string key) {
  key.erase(std::remove_if(key.begin(), key.end(), [](char c) { return c == '*' || c == '?'; }), key.end());
  return key;
}

void add_fuzzy(conditions& where, const std::string& word) {
  const auto text = where.parameter(word);
  const auto begins = "substr(pattern_of(" + text + "), 2)";
  where.add_any({"p.search_text like E'%\\n' || " + begins, "p.search_text like '% ' || " + begins + " || E'\\n%'",
                 "name_sounds(p.name) && name_sounds(" + text + ")"});
}

} // namespace

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : storable(text, 256)) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '^' && c != '=' && c != ',')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  words.resize(std::min(words.size(), max_words));
  return words;
}

void add_words(conditions& where, const std::string& text, searched_text where_to_look) {
  const bool of_patient = where_to_look == searched_text::patient;
  const std::string column = of_patient ? "p.search_text like " : "s.search_text like ";
  const std::string end = where_to_look == searched_text::study_patient ? " || E'\\n%'" : "";
  for (const auto& word : words_of(text)) {
    const auto pattern = "pattern_of(" + where.parameter(word) + ")";
    // Words of one or two characters have no trigrams inside a word, so they are found where a word begins.
    if (length_of(word) > 2) {
      where.add(column + pattern + end);
      continue;
    }
    const auto begins = "substr(" + pattern + ", 2)" + end;
    std::vector<std::string> alternatives{column + "'% ' || " + begins};
    if (of_patient) {
      for (const char* before : {"E'%\\n'", "E'%\\t'"}) alternatives.push_back(column + before + " || " + begins);
    } else {
      alternatives.push_back(column + begins);
    }
    where.add_any(alternatives);
  }
}

std::string name_condition(conditions& where, const std::string& groups, const std::string& key) {
  auto all = where.nested();
  for (const auto& group : divided(key, '=')) all.add(groups + " like name_pattern(" + where.parameter(group) + ")");
  return all.sql();
}

std::string patient_name_condition(conditions& where, const std::string& key, bool fuzzy, bool joins_studies) {
  auto all = where.nested();
  if (fuzzy) {
    for (const auto& word : words_of(without_wildcards(key))) add_fuzzy(all, word);
    return all.sql();
  }
  all.add(name_condition(where, "p.search_text", key));
  // So common a beginning is found sooner by walking the studies than by gathering the patients.
  if (joins_studies && key.find('=') == std::string::npos && length_of(key.substr(0, key.find_first_of("*?"))) < 3) {
    const auto begins = "wildcards_to_like(fold(" + where.parameter(key) + ")) || '%'";
    all.add_any({"s.search_text like " + begins, "s.search_text like '% ' || " + begins});
  }
  return all.sql();
}

} // namespace noctis::schema
