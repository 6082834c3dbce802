#include "print/report_pdf.hpp"

#include "print/paper.hpp"
#include "print/words.hpp"

#include <algorithm>

namespace noctis {

namespace {

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

/// Without the line breaks and spaces at its end.
std::string trimmed(const std::string& text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  return last == std::string::npos ? std::string{} : text.substr(0, last + 1);
}

/// Puts the parts of one report on paper.
class report_sheets {
public:
  explicit report_sheets(const printed_report& report)
      : report_(report), content_(report.what.content), language_(content_.language),
        sheets_(is_right_to_left(language_)) {}

  caf::expected<std::vector<uint8_t>> pdf() {
    put_head();
    put_text();
    put_values();
    put_images();
    put_signature();
    return sheets_.pdf(frame());
  }

private:
  [[nodiscard]] std::string say(print_word word) const { return printed(word, language_); }

  [[nodiscard]] std::string title() const { return content_.title.empty() ? say(print_word::report) : content_.title; }

  [[nodiscard]] std::string state() const {
    if (report_.is_draft()) return say(print_word::draft);
    return printed_status(report_.what.status, language_) + " · " + say(print_word::version) + " " +
           std::to_string(report_.version);
  }

  static text_style sized(double size, bool bold, double before) {
    text_style style;
    style.size = size;
    style.bold = bold;
    style.before = before;
    return style;
  }

  void put_heading(const std::string& text) {
    auto style = sized(11, true, 12);
    style.keep = true;
    style.red = 0.1;
    style.green = 0.25;
    style.blue = 0.45;
    sheets_.put_text(text, style);
  }

  void put_section(const std::string& heading, const std::string& text) {
    if (is_blank(text)) return;
    put_heading(heading);
    sheets_.put_text(trimmed(text), sized(10, false, 2));
  }

  void put_head() {
    const auto& head = report_.head;
    if (!head.logo.empty()) sheets_.put_logo(head.logo, 48);
    if (!head.institution.empty()) sheets_.put_text(head.institution, sized(12, true, 0));
    if (!is_blank(head.address)) sheets_.put_text(trimmed(head.address), sized(9, false, 2));
    sheets_.put_fields(printed_identity(report_));
    sheets_.put_text(title(), sized(16, true, 10));
    auto status = sized(9, false, 2);
    status.red = status.green = status.blue = 0.35;
    sheets_.put_text(state(), status);
    if (report_.is_broken()) put_broken();
  }

  void put_broken() {
    auto style = sized(14, true, 10);
    style.red = 0.8;
    sheets_.put_text(say(print_word::broken), style);
  }

  /// What was amended comes first, since it is what a reader of the former version has to know.
  void put_text() {
    put_section(say(print_word::addendum), content_.addendum);
    for (const auto& section : content_.sections)
      put_section(printed_heading(section.heading, language_), section.text);
  }

  void put_values() {
    if (content_.values.empty()) return;
    put_heading(say(print_word::values));
    for (const auto& value : content_.values)
      sheets_.put_text("• " + printed_value(value, language_), sized(8.5, false, 2));
  }

  void put_images() {
    if (report_.pictures.empty()) return;
    put_heading(say(print_word::key_images));
    std::vector<paper_picture> pictures;
    for (size_t i = 0; i < report_.pictures.size(); ++i) {
      const auto& one = report_.pictures[i];
      auto caption = std::to_string(i + 1) + (one.caption.empty() ? "" : ". " + one.caption);
      if (one.jpeg.empty()) caption += " — " + say(print_word::no_picture);
      pictures.push_back({&one.jpeg, one.width, one.height, caption});
    }
    sheets_.put_pictures(pictures);
  }

  void put_signature() {
    sheets_.put_line();
    auto style = sized(10, true, 8);
    style.keep = true;
    if (report_.is_draft()) return sheets_.put_text(say(print_word::not_signed), style);
    const auto& signature = report_.what.signature;
    sheets_.put_text(say(print_word::signed_by) + ": " + signature.signed_by, style);
    auto small = sized(8, false, 2);
    small.keep = true;
    sheets_.put_text(shown_time(signature.signed_at) + " · " + state(), small);
    small.keep = report_.is_broken();
    sheets_.put_text(say(print_word::digest) + ": " + signature.digest, small);
    if (report_.is_broken()) put_broken();
  }

  [[nodiscard]] paper_frame frame() const {
    const auto& what = report_.what;
    paper_frame result;
    result.title = title();
    result.author = report_.is_draft() ? what.author_name : what.signature.signed_by;
    result.subject = "Study " + what.study.attributes.uid;
    result.language = language_;
    auto moment = shown_time(report_.is_draft() ? what.updated_at : what.signature.signed_at);
    moment[10] = 'T';
    result.moment = moment.substr(0, 19) + "Z";
    result.footer = shown_person(what.study.patient.name) + " · " + what.study.patient.patient_id + " · " + title() +
                    " · " + state();
    if (report_.is_draft()) result.watermark = say(print_word::draft);
    if (report_.is_broken()) result.warning = say(print_word::broken);
    return result;
  }

  const printed_report& report_;
  const report_content& content_;
  const std::string& language_;
  paper sheets_;
};

} // namespace

caf::expected<std::vector<uint8_t>> report_pdf(const printed_report& report) { return report_sheets{report}.pdf(); }

} // namespace noctis
