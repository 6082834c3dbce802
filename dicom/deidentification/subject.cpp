#include "dicom/deidentification/subject.hpp"

#include "dicom/character_set.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <array>

namespace noctis {

namespace {

constexpr tag_number specific_character_set = 0x00080005;
constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number modality = 0x00080060;
constexpr tag_number burned_in_annotation = 0x00280301;

constexpr std::array<tag_number, 24> naming{{0x00080050, 0x00080080, 0x00080081, 0x00080090, 0x00081010, 0x00081040,
                                             0x00081048, 0x00081050, 0x00081060, 0x00081070, 0x00100010, 0x00100020,
                                             0x00100021, 0x00101000, 0x00101001, 0x00101005, 0x00101040, 0x00101060,
                                             0x00102154, 0x00200010, 0x00321032, 0x00380010, 0x00380300, 0x00400006}};

} // namespace

std::vector<tag_number> deidentification_subject::tags() {
  std::vector<tag_number> result{naming.begin(), naming.end()};
  result.insert(result.end(),
                {specific_character_set, sop_class_uid, sop_instance_uid, modality, burned_in_annotation});
  std::sort(result.begin(), result.end());
  return result;
}

deidentification_subject::deidentification_subject(const header_scanner& scanned)
    : has_pixel_data_(scanned.has_pixel_data()) {
  const auto* set = scanned.find(specific_character_set);
  text_decoder decoder{set != nullptr ? std::string_view{set->bytes} : std::string_view{}};
  for (const auto& kept : scanned.kept()) texts_[kept.tag] = std::string{trimmed(decoder.decode(kept.bytes))};
}

std::string deidentification_subject::text(tag_number tag) const {
  const auto found = texts_.find(tag);
  return found == texts_.end() ? std::string{} : found->second;
}

std::vector<std::string> deidentification_subject::names() const {
  std::vector<std::string> result;
  result.reserve(naming.size());
  for (const auto tag : naming) result.push_back(text(tag));
  return result;
}

caf::error deidentification_subject::check_pixels() const {
  const auto declared = text(burned_in_annotation);
  if (!has_pixel_data_ || declared == "NO") return caf::none;
  if (declared == "YES")
    return failure(errc::state_conflict, "BurnedInAnnotation (0028,0301) is YES: the image shows who the patient is");
  constexpr std::array<std::string_view, 9> often{"ES", "GM", "HC", "IVUS", "OT", "SC", "SMR", "US", "XC"};
  constexpr std::string_view secondary_capture = "1.2.840.10008.5.1.4.1.1.7.";
  const auto kind = text(modality);
  const auto captured = (text(sop_class_uid) + ".").compare(0, secondary_capture.size(), secondary_capture) == 0;
  if (!captured && std::find(often.begin(), often.end(), kind) == often.end()) return caf::none;
  return failure(errc::state_conflict, "an image of modality " + shown(kind) +
                                           " often shows who the patient is, and BurnedInAnnotation (0028,0301) does "
                                           "not say that this one doesn't");
}

} // namespace noctis
