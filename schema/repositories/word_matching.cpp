#include "schema/repositories/word_matching.hpp"

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

std::string name_condition(conditions& where, const std::string& groups, const std::string& key, bool fuzzy) {
  auto all = where.nested();
  if (fuzzy) {
    for (auto word : words_of(key)) {
      word.erase(std::remove_if(word.begin(), word.end(), [](char c) { return c == '*' || c == '?'; }), word.end());
      const auto begins = "substr(pattern_of(" + where.parameter(word) + "), 2)";
      all.add_any({groups + " like E'%\\n' || " + begins, groups + " like '% ' || " + begins});
    }
  } else {
    for (const auto& group : divided(key, '=')) all.add(groups + " like name_pattern(" + where.parameter(group) + ")");
  }
  return all.sql();
}

} // namespace noctis::schema
