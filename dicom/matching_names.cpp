#include "dicom/matching.hpp"
#include "dicom/matching_values.hpp"
#include "dicom/text.hpp"

#include <algorithm>
#include <array>
#include <unicode/normalizer2.h>
#include <unicode/uniset.h>

// How names are compared. What characters are, ICU knows.

namespace noctis {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// The accents and vowel points that writers leave out. The marks of kana, Thai and Indic scripts make other letters.
const icu::UnicodeSet& accents() {
  static const auto* const set = [] {
    UErrorCode status = U_ZERO_ERROR;
    auto* made = new icu::UnicodeSet{
        icu::UnicodeString::fromUTF8("[[:Mn:]&[[:sc=Zinh:][:sc=Hebr:][:sc=Arab:]]-[\\u3099\\u309A]]"), status};
    made->freeze();
    return made;
  }();
  return *set;
}

icu::UnicodeString without_accents(const icu::UnicodeString& text) {
  icu::UnicodeString result;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const auto c = text.char32At(at);
    if (!accents().contains(c)) result.append(c);
  }
  return result;
}

std::vector<std::string_view> divided(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> result;
  while (true) {
    const auto end = text.find_first_of(separators);
    result.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return result;
    text.remove_prefix(end + 1);
  }
}

/// Returns a component group without the components and spaces that are empty at its end.
std::string_view without_end(std::string_view group) {
  return trimmed(group.substr(0, group.find_last_not_of("^ ") + 1));
}

/// Returns whether one component group matches; components that the key leaves out at its end match any.
bool group_matches(std::string_view group, std::string_view wanted) {
  group = without_end(group);
  wanted = without_end(wanted);
  if (wildcard_matches(group, wanted) || wildcard_matches(std::string{group} + '^', wanted)) return true;
  const auto count = static_cast<size_t>(std::count(wanted.begin(), wanted.end(), '^'));
  size_t at = 0;
  for (size_t i = 0; i <= count && at != std::string_view::npos; ++i) at = group.find('^', i == 0 ? 0 : at + 1);
  return at != std::string_view::npos && wildcard_matches(without_end(group.substr(0, at)), wanted);
}

/// Returns the Soundex code of a word in Latin letters, "" for others.
std::string soundex(std::string_view word) {
  constexpr std::string_view codes = "01230120022455012623010202"; // of a … z
  std::string code;
  char last = '0';
  for (const char c : word) {
    if (c < 'a' || c > 'z') return {};
    const char digit = codes[static_cast<size_t>(c - 'a')];
    if (code.empty())
      code += c;
    else if (digit != '0' && digit != last)
      code += digit;
    if (c != 'h' && c != 'w') last = digit;
  }
  code.resize(4, '0');
  return code;
}

/// Returns whether `word` begins or sounds as one of the words of `name`.
bool has_word(std::string_view name, std::string_view word) {
  const auto sound = soundex(word);
  for (const auto one : divided(name, "^= ,")) {
    if (one.substr(0, word.size()) == word || (!sound.empty() && soundex(one) == sound)) return true;
  }
  return false;
}

bool fuzzily_matches(std::string_view name, const std::string& wanted) {
  auto words = wanted;
  words.erase(std::remove_if(words.begin(), words.end(), [](char c) { return c == '*' || c == '?'; }), words.end());
  const auto all = divided(words, "^= ,");
  return std::all_of(all.begin(), all.end(), [name](const auto word) { return word.empty() || has_word(name, word); });
}

} // namespace

std::string folded(std::string_view text) {
  std::string result;
  if (is_ascii(text)) {
    std::transform(text.begin(), text.end(), std::back_inserter(result), small);
    return result;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* const casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* const decompose = icu::Normalizer2::getNFDInstance(status);
  const auto* const compose = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::string{text};
  const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  const auto parts = decompose->normalize(casefold->normalize(unicode, status), status);
  compose->normalize(without_accents(parts), status).toUTF8String(result);
  return result;
}

bool person_name_matches(std::string_view name, std::string_view wanted, bool fuzzy) {
  const auto folded_name = folded(name);
  const auto folded_wanted = folded(trimmed(wanted));
  const auto groups = divided(folded_name, "=");
  const auto keys = divided(folded_wanted, "=");
  bool found = false;
  if (keys.size() == 1) {
    found = std::any_of(groups.begin(), groups.end(),
                        [&](const auto group) { return group_matches(group, folded_wanted); });
  } else {
    found = true;
    for (size_t i = 0; i < keys.size() && found; ++i)
      found = keys[i].empty() || group_matches(i < groups.size() ? groups[i] : std::string_view{}, keys[i]);
  }
  return found || (fuzzy && fuzzily_matches(folded_name, folded_wanted));
}

} // namespace noctis
