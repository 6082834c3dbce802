#include "http/dicom_web/identity.hpp"

#include "dicom/part10.hpp"
#include "dicom/scanner.hpp"

namespace noctis {

namespace {

constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number study_instance_uid = 0x0020000D;
constexpr tag_number series_instance_uid = 0x0020000E;

std::string uid_of(const header_scanner& scanned, tag_number tag) {
  const auto* value = scanned.find(tag);
  if (value == nullptr) return {};
  return value->bytes.substr(0, value->bytes.find_last_not_of(std::string(" \0", 2)) + 1);
}

} // namespace

instance_identity identify(const uint8_t* data, size_t size) {
  const auto reading = read_part10_meta(data, size, false);
  if (!reading || reading->state != part10_state::complete) return {};
  const auto& meta = reading->meta;
  header_scanner scanner(meta.transfer_syntax_uid,
                         {sop_class_uid, sop_instance_uid, study_instance_uid, series_instance_uid});
  (void)scanner.feed(data + meta.data_set_offset, size - meta.data_set_offset); // what came before an error counts
  return {uid_of(scanner, sop_class_uid), uid_of(scanner, sop_instance_uid), uid_of(scanner, study_instance_uid),
          uid_of(scanner, series_instance_uid)};
}

} // namespace noctis
