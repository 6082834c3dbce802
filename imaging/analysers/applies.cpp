#include "imaging/analysers/applies.hpp"

#include <algorithm>
#include <cctype>

namespace noctis {

namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

bool has_word(const std::string& text, std::string_view word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    if (at == 0 || std::isalpha(static_cast<unsigned char>(text[at - 1])) == 0) return true;
  return false;
}

} // namespace

applicability is_ct(const series_traits& traits) {
  if (traits.modality != "CT")
    return {false, "the modality is " + (traits.modality.empty() ? "absent" : traits.modality) + ", not CT"};
  for (const auto& value : traits.image_type) {
    if (value == "LOCALIZER" || value == "SCOUT") return {false, "the series is a localiser"};
    if (value == "SCREEN SAVE" || value == "PROJECTION IMAGE" || value == "MIP" || value == "DOSE_INFO")
      return {false, "the images are " + value + ", not slices"};
  }
  if (!traits.photometric_interpretation.empty() && traits.photometric_interpretation != "MONOCHROME2")
    return {false, "the photometric interpretation is " + traits.photometric_interpretation + ", not MONOCHROME2"};
  return {true, {}};
}

std::string shown_text(const series_traits& traits) {
  if (!traits.body_part.empty()) return traits.body_part;
  auto text = traits.study_description;
  for (const auto& more : {traits.series_description, traits.protocol_name})
    if (!more.empty()) text += (text.empty() ? "" : " / ") + more;
  return text;
}

bool mentions(const series_traits& traits, std::initializer_list<std::string_view> words) {
  const auto text = lower(traits.body_part + "|" + traits.study_description + "|" + traits.series_description + "|" +
                          traits.protocol_name);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return has_word(text, word); });
}

bool shows(const series_traits& traits, std::initializer_list<std::string_view> words) {
  const auto text = lower(shown_text(traits));
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return has_word(text, word); });
}

} // namespace noctis
