#include "schema/repositories/reports/checks.hpp"

#include "schema/errors.hpp"
#include "schema/text.hpp"

#include <algorithm>
#include <set>

namespace noctis::schema {

namespace {

constexpr size_t most_text = size_t{2} << 20; ///< bytes of all texts together
constexpr size_t longest_title = 512;
constexpr size_t longest_caption = 1024;
constexpr size_t most_values = 500;
constexpr size_t most_images = 24;
constexpr size_t most_macros = 200;
constexpr int32_t most_frames = 1'000'000;

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

/// Checks texts one after the other, and how much they are together.
class text_check {
public:
  void operator()(const std::string& field, const std::string& text, size_t most = most_text) {
    total_ += text.size();
    if (text.size() > most) refuse(field + ": longer than " + std::to_string(most) + " bytes");
    if (total_ > most_text)
      refuse(field + ": all texts together are longer than " + std::to_string(most_text) + " bytes");
    if (storable(text, text.size()) != text) refuse(field + ": not UTF-8, or with a NUL character");
  }

private:
  size_t total_ = 0;
};

bool is_heading(const std::string& text) {
  const auto& all = report_headings();
  return std::find(all.begin(), all.end(), text) != all.end();
}

void check_sections(text_check& check, const std::vector<report_section>& sections) {
  std::set<std::string> seen;
  for (const auto& section : sections) {
    if (!is_heading(section.heading)) refuse("sections: \"" + storable(section.heading, 64) + "\" is no heading");
    if (!seen.insert(section.heading).second) refuse("sections: the heading " + section.heading + " is there twice");
    check("sections: " + section.heading, section.text);
  }
}

/// Letters, digits and hyphens, as RFC 5646 has them.
bool is_language(const std::string& text) {
  return text.size() >= 2 && text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool is_code(const std::string& text, size_t most) {
  return text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// The first field of a template that a text still has; empty where all are filled in.
std::string_view open_field(std::string_view text) {
  for (auto begin = text.find("{{"); begin != std::string_view::npos; begin = text.find("{{", begin + 1)) {
    const auto name_end = text.find_first_of("{}|\n", begin + 2);
    if (name_end == std::string_view::npos) return {};
    const auto end = text[name_end] == '|' ? text.find_first_of("{}\n", name_end + 1) : name_end;
    if (name_end > begin + 2 && end != std::string_view::npos && text.substr(end, 2) == "}}")
      return text.substr(begin, end + 2 - begin);
  }
  return {};
}

} // namespace

void check_content(const report_content& what) {
  text_check check;
  check("title", what.title, longest_title);
  if (!is_language(what.language)) refuse("language: not a tag as RFC 5646 has it, such as \"en\"");
  check_sections(check, what.sections);
  if (what.values.size() > most_values) refuse("values: more than " + std::to_string(most_values));
  for (const auto& value : what.values) {
    if (!is_heading(value.heading)) refuse("values: \"" + storable(value.heading, 64) + "\" is no heading");
    if (value.source != "annotation" && value.source != "analysis") refuse("values: source is annotation or analysis");
    check("values: text", value.text, longest_caption);
    check("values: id", value.id, 64);
    check("values: origin", value.origin, longest_caption);
  }
  if (what.images.size() > most_images) refuse("images: more than " + std::to_string(most_images));
  for (const auto& image : what.images) {
    if (!is_uid(image.sop_instance_uid)) refuse("images: sop_instance_uid is not a UID");
    if (image.frame < 1 || image.frame > most_frames) refuse("images: frame is 1 to " + std::to_string(most_frames));
    check("images: caption", image.caption, longest_caption);
  }
  check("addendum", what.addendum);
}

void check_filled_in(const report_content& what) {
  for (const auto& section : what.sections) {
    if (const auto field = open_field(section.text); !field.empty())
      refuse("sections: " + section.heading + " has the field " + storable(std::string{field}, 64) +
             " that is not filled in");
  }
}

void check_template(const report_template& what) {
  text_check check;
  check("name", what.name, 512);
  if (what.name.empty() || storable(what.name, 128) != what.name) refuse("name: 1 to 128 characters");
  if (!is_code(what.modality, 16)) refuse("modality: at most 16 characters of ASCII");
  if (!is_code(what.body_part, 64)) refuse("body_part: at most 64 characters of ASCII");
  check("title", what.title, longest_title);
  check_sections(check, what.sections);
  if (what.macros.size() > most_macros) refuse("macros: more than " + std::to_string(most_macros));
  std::set<std::string> names;
  for (const auto& macro : what.macros) {
    check("macros: name", macro.name, 64);
    if (macro.name.empty() || !names.insert(macro.name).second) refuse("macros: a name is empty or there twice");
    check("macros: " + macro.name, macro.text);
  }
}

} // namespace noctis::schema
