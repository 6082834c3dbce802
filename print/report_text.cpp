#include "print/report_text.hpp"

#include "print/words.hpp"

#include <algorithm>

namespace noctis {

namespace {

/// Text without what a terminal would take for orders, and with \n alone between lines.
std::string plain(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') result += '\n';
    } else {
      result += (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F ? ' ' : text[i];
    }
  }
  return result;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return c < 0x80 ? static_cast<char>(std::toupper(c)) : static_cast<char>(c); });
  return text;
}

void add_section(std::string& to, const std::string& heading, const std::string& text) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return;
  to += "\n" + upper(heading) + "\n" + plain(text) + "\n";
}

void add_signature(std::string& to, const printed_report& report) {
  const auto& language = report.what.content.language;
  const auto& signature = report.what.signature;
  to += '\n';
  if (report.is_draft()) {
    to += std::string{printed(print_word::not_signed, language)} + "\n";
    return;
  }
  to += std::string{printed(print_word::signed_by, language)} + ": " + plain(signature.signed_by) + ", " +
        shown_time(signature.signed_at) + "\n";
  to += std::string{printed(print_word::digest, language)} + ": " + signature.digest + "\n";
  if (report.is_broken()) to += "*** " + std::string{printed(print_word::broken, language)} + " ***\n";
}

} // namespace

std::string report_text(const printed_report& report) {
  const auto& content = report.what.content;
  const auto& language = content.language;
  std::string result;
  if (!report.head.institution.empty()) result += plain(report.head.institution) + "\n";
  result += plain(content.title.empty() ? printed(print_word::report, language) : content.title) + "\n";
  result += "[" + printed_status(report.is_draft() ? "draft" : report.what.status, language);
  if (!report.is_draft())
    result += ", " + std::string{printed(print_word::version, language)} + " " + std::to_string(report.version);
  result += "]\n";
  if (report.is_broken()) result += "*** " + std::string{printed(print_word::broken, language)} + " ***\n";
  result += '\n';
  for (const auto& [name, value] : printed_identity(report)) result += name + ": " + plain(value) + "\n";
  add_section(result, printed(print_word::addendum, language), content.addendum);
  for (const auto& section : content.sections)
    add_section(result, printed_heading(section.heading, language), section.text);
  std::string values;
  for (const auto& value : content.values) values += (values.empty() ? "- " : "\n- ") + printed_value(value, language);
  add_section(result, printed(print_word::values, language), values);
  std::string images;
  for (const auto& image : content.images)
    images += (images.empty() ? "- " : "\n- ") + image.sop_instance_uid + " #" + std::to_string(image.frame) + " " +
              image.caption;
  add_section(result, printed(print_word::key_images, language), images);
  add_signature(result, report);
  return result;
}

} // namespace noctis
