#include "dicom/objects/report_document.hpp"

#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/document_file.hpp"
#include "dicom/objects/measurement_groups.hpp"
#include "dicom/objects/object_parts.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace noctis {

namespace {

constexpr auto contains = DSRTypes::RT_contains;
constexpr auto has_context = DSRTypes::RT_hasObsContext;
constexpr auto modifies = DSRTypes::RT_hasConceptMod;

constexpr concept_code report_title{"18748-4", "LN", "Diagnostic Imaging Report"};
constexpr concept_code addendum{"55107-7", "LN", "Addendum"};
constexpr concept_code key_images{"55113-5", "LN", "Key Images"};

/// What a heading is in a document: the section (CID 7001), and the text within (CID 7002).
struct section_codes {
  const char* heading;
  concept_code section;
  concept_code text;
};

constexpr std::array<section_codes, 6> sections{{
    {"clinical_information", {"55752-0", "LN", "Clinical Information"}, {"11329-0", "LN", "History"}},
    {"technique", {"55111-9", "LN", "Current Procedure Descriptions"}, {"121065", "DCM", "Procedure Description"}},
    {"comparison", {"18834-2", "LN", "Previous Findings"}, {"121069", "DCM", "Previous Finding"}},
    {"findings", {"59776-5", "LN", "Findings"}, {"121071", "DCM", "Finding"}},
    {"impression", {"19005-8", "LN", "Impressions"}, {"121073", "DCM", "Impression"}},
    {"recommendations", {"18783-1", "LN", "Recommendations"}, {"121075", "DCM", "Recommendation"}},
}};

/// Returns the text without what no DICOM text should hold: control characters but line ends. A tab, which not every
/// reader takes, is a space.
std::string printable(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t')
      result += ' ';
    else if (byte >= 0x20 ? byte != 0x7F : c == '\n')
      result += c;
  }
  return result;
}

bool says_something(const report_document& report) {
  const auto is_filled = [](const report_section& one) { return !printable(one.text).empty(); };
  return std::any_of(report.sections.begin(), report.sections.end(), is_filled) || !report.addendum.empty() ||
         !report.images.empty();
}

caf::error check(const object_subject& subject, const report_document& report) {
  if (auto error = check_identity(subject, report.identity)) return error;
  for (const auto& one : report.predecessors) {
    if (auto error = check_reference(one)) return error;
  }
  for (const auto& one : report.images) {
    if (auto error = check_reference(one.image)) return error;
  }
  if (!says_something(report)) return failure(errc::invalid_argument, "the report says nothing");
  return {};
}

void add_section(content_tree& tree, const concept_code& section, const concept_code& name, const std::string& text) {
  const auto shown = printable(text);
  if (shown.empty()) return;
  tree.open_container(section, nullptr);
  tree.add_text(contains, name, shown);
  tree.close();
}

void add_sections(content_tree& tree, const report_document& report) {
  for (const auto& one : report.sections) {
    const auto* const known =
        std::find_if(sections.begin(), sections.end(), [&](const auto& codes) { return one.heading == codes.heading; });
    if (known == sections.end())
      add_section(tree, sections[3].section, sections[3].text, one.text);
    else
      add_section(tree, known->section, known->text, one.text);
  }
  add_section(tree, addendum, sections[3].text, report.addendum);
}

void add_images(content_tree& tree, const report_document& report) {
  if (report.images.empty()) return;
  tree.open_container(key_images, nullptr);
  for (const auto& one : report.images) {
    const auto caption = printable(one.caption);
    if (!caption.empty()) tree.add_text(contains, code::comment, caption);
    tree.add_image(contains, nullptr, one.image);
  }
  tree.close();
}

caf::error fill(DSRDocument& document, const report_document& report) {
  content_tree tree{document, report_title, "2000"};
  const auto& language = report.language.empty() ? std::string{"en"} : report.language;
  tree.add_code(modifies, code::language, code_text{language, "RFC5646", language == "en" ? "English" : language});
  const auto& author = report.author.empty() ? report.signed_by : report.author;
  if (!author.empty()) {
    tree.add_code(has_context, code::observer_type, code::person);
    tree.add_name(has_context, code::person_name, person_name_of(author));
  }
  add_sections(tree, report);
  add_images(tree, report);
  return tree.error();
}

void describe(DSRDocument& document, const object_subject& subject, const report_document& report) {
  describe_document(document, subject, report.identity, report.title);
  auto& evidence = document.getCurrentRequestedProcedureEvidence();
  for (const auto& one : report.images) add_to(evidence, subject, one.image);
  for (const auto& one : report.predecessors) add_to(document.getPredecessorDocuments(), subject, one);
}

/// Says that the document is complete, and who verified it.
caf::error sign(DSRDocument& document, const object_subject& subject, const report_document& report) {
  document.completeDocument();
  document.setPreliminaryFlag(report.status == "preliminary" ? DSRTypes::PF_Preliminary : DSRTypes::PF_Final);
  if (report.signed_by.empty()) return {};
  const auto& known = report.organization.empty() ? subject.institution : report.organization;
  const std::string organization = known.empty() ? "unknown" : known;
  const auto verified = document.verifyDocument(person_name_of(report.signed_by).c_str(), organization.c_str(),
                                                date_time_of(report.signed_at).c_str());
  if (verified.good()) return {};
  return failure(errc::internal, std::string{"the document is not verified: "} + verified.text());
}

} // namespace

caf::expected<made_object> write_report_document(const object_subject& subject, const report_document& report) {
  if (auto error = check(subject, report)) return error;
  DSRDocument document{DSRTypes::DT_BasicTextSR};
  describe(document, subject, report);
  if (auto error = fill(document, report)) return error;
  if (auto error = sign(document, subject, report)) return error;
  return document_file(document, subject, report.identity.sop_instance_uid, report.identity.series_uid,
                       report.identity.at);
}

} // namespace noctis
