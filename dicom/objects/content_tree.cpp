#include "dicom/objects/content_tree.hpp"

#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <ctime>

namespace noctis {

DSRCodedEntryValue entry(const concept_code& what) { return {what.value, what.scheme, what.meaning}; }

DSRCodedEntryValue entry(const code_text& what) {
  constexpr size_t longest_meaning = 64;
  const std::string meaning{cut(what.meaning.empty() ? what.value : what.meaning, longest_meaning)};
  return {what.value.c_str(), what.scheme.c_str(), meaning.c_str()};
}

content_tree::content_tree(DSRDocument& document, const concept_code& title, const char* template_id)
    : tree_(document.getTree()) {
  if (tree_.addContentItem(DSRTypes::RT_isRoot, DSRTypes::VT_Container) == 0) check(SR_EC_CannotAddContentItem);
  check(item().setConceptName(entry(title)));
  check(item().setTemplateIdentification(template_id, "DCMR"));
}

void content_tree::check(const OFCondition& result) {
  if (result.good() || !refused_.empty()) return;
  refused_ = std::string{result.text()} + " at " + item().getConceptName().getCodeMeaning().c_str();
}

caf::error content_tree::error() const {
  if (refused_.empty()) return {};
  return failure(errc::internal, "a content item of the document is not right: " + refused_);
}

void content_tree::open(relation how, DSRTypes::E_ValueType type, const concept_code* name) {
  if (tree_.addContentItem(how, type, DSRTypes::AM_belowCurrent) == 0) check(SR_EC_CannotAddContentItem);
  if (name != nullptr) check(item().setConceptName(entry(*name)));
}

void content_tree::open_container(const concept_code& name, const char* template_id) {
  open(DSRTypes::RT_contains, DSRTypes::VT_Container, &name);
  if (template_id != nullptr) check(item().setTemplateIdentification(template_id, "DCMR"));
}

void content_tree::close() {
  if (tree_.goUp() == 0) check(SR_EC_InvalidDocumentTree);
}

void content_tree::add_code(relation how, const concept_code& name, const concept_code& value) {
  open(how, DSRTypes::VT_Code, &name);
  check(item().setCodeValue(entry(value)));
  close();
}

void content_tree::add_code(relation how, const concept_code& name, const code_text& value) {
  open(how, DSRTypes::VT_Code, &name);
  check(item().setCodeValue(entry(value)));
  close();
}

void content_tree::add_text(relation how, const concept_code& name, const std::string& value) {
  open(how, DSRTypes::VT_Text, &name);
  check(item().setStringValue(with_crlf(value).c_str()));
  close();
}

void content_tree::add_uid(relation how, const concept_code& name, const std::string& value) {
  open(how, DSRTypes::VT_UIDRef, &name);
  check(item().setStringValue(value.c_str()));
  close();
}

void content_tree::add_name(relation how, const concept_code& name, const std::string& value) {
  open(how, DSRTypes::VT_PName, &name);
  check(item().setStringValue(value.c_str()));
  close();
}

void content_tree::add_image(relation how, const concept_code* name, const annotation& what) {
  open(how, DSRTypes::VT_Image, name);
  // Classes that DCMTK does not know are images too.
  if (auto* reference = item().getImageReferencePtr()) {
    check(reference->setReference(what.sop_class_uid.c_str(), what.sop_instance_uid.c_str(), OFFalse));
    if (what.number_of_frames > 1) reference->getFrameList().addItem(what.frame);
  }
  close();
}

void content_tree::add_image(relation how, const concept_code* name, const object_reference& what) {
  open(how, DSRTypes::VT_Image, name);
  // Classes that DCMTK does not know are images too.
  if (auto* reference = item().getImageReferencePtr()) {
    check(reference->setReference(what.sop_class_uid.c_str(), what.sop_instance_uid.c_str(), OFFalse));
    if (what.frame > 0) reference->getFrameList().addItem(what.frame);
  }
  close();
}

std::string date_time_of(int64_t ms) {
  const std::time_t seconds = ms / 1000;
  std::tm parts{};
  localtime_r(&seconds, &parts);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &parts)};
}

std::string with_crlf(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

std::string without_cr(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != '\r') result += c;
  }
  return result;
}

} // namespace noctis
