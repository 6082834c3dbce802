#include "dicom/objects/encapsulated_pdf.hpp"

#include "dicom/data_set_writer.hpp"
#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/object_parts.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <string_view>

namespace noctis {

namespace {

constexpr const char* encapsulated_pdf_class = "1.2.840.10008.5.1.4.1.1.104.1";
constexpr uint64_t most_bytes = uint64_t{1} << 31;
constexpr size_t longest_title = 1024;
constexpr std::string_view start_of_pdf = "%PDF-";

caf::error check(const object_subject& subject, const encapsulated_pdf& what, const std::vector<uint8_t>& pdf) {
  if (auto error = check_identity(subject, what.identity)) return error;
  for (const auto& one : what.sources) {
    if (auto error = check_reference(one)) return error;
  }
  if (pdf.size() < start_of_pdf.size() || !std::equal(start_of_pdf.begin(), start_of_pdf.end(), pdf.begin()))
    return failure(errc::invalid_argument, "the document is not a PDF");
  if (pdf.size() >= most_bytes) return failure(errc::invalid_argument, "the document has more than 2^31 bytes");
  return {};
}

} // namespace

caf::expected<made_object> write_encapsulated_pdf(const object_subject& subject, const encapsulated_pdf& what,
                                                  const std::vector<uint8_t>& pdf) {
  if (auto error = check(subject, what, pdf)) return error;
  ordered_elements data_set;
  put_common(data_set, subject, what.identity, "DOC", what.description);
  data_set.text(0x0008002A, vr::DT, date_time_of(what.identity.at));
  data_set.text(0x00080064, vr::CS, "WSD");
  data_set.text(0x00280301, vr::CS, "YES");
  data_set.code(0x0040A043, {"18748-4", "LN", "Diagnostic Imaging Report"});
  data_set.text(0x0040A493, vr::CS, what.verified ? "VERIFIED" : "UNVERIFIED");
  data_set.text(0x00420010, vr::ST, cut(what.title, longest_title));
  data_set.text(0x00420012, vr::LO, "application/pdf");
  data_set.longs(0x00420015, {static_cast<uint32_t>(pdf.size())});
  std::vector<ordered_elements> sources;
  for (const auto& one : what.sources) sources.push_back(reference_item(one));
  if (!sources.empty()) data_set.items(0x00420013, sources);
  data_set.text(0x00420011, vr::OB, {reinterpret_cast<const char*>(pdf.data()), pdf.size()});
  return file_of(std::move(data_set), encapsulated_pdf_class, what.identity.sop_instance_uid);
}

} // namespace noctis
