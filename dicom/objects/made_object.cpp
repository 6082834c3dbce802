#include "dicom/objects/made_object.hpp"

#include "dicom/header.hpp"
#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/measurement_report.hpp"
#include "dicom/objects/object_parts.hpp"
#include "dicom/part10.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <array>
#include <utility>

namespace noctis {

namespace {

constexpr const char* explicit_little_endian = "1.2.840.10008.1.2.1";
constexpr size_t length_of_date = 8;
constexpr size_t longest_string = 64;
constexpr size_t longest_short_string = 16;

void put_patient(ordered_elements& into, const patient_attributes& patient) {
  into.text(0x00100010, vr::PN, patient.name);
  into.text(0x00100020, vr::LO, patient.id);
  into.optional_text(0x00100021, vr::LO, patient.issuer);
  into.text(0x00100030, vr::DA, patient.birth_date);
  into.text(0x00100040, vr::CS, patient.sex);
}

void put_study(ordered_elements& into, const study_attributes& study) {
  into.text(0x0020000D, vr::UI, study.uid);
  into.text(0x00080020, vr::DA, study.date);
  into.text(0x00080030, vr::TM, study.time);
  into.text(0x00080050, vr::SH, cut(study.accession_number, longest_short_string));
  into.text(0x00080090, vr::PN, study.referring_physician);
  into.text(0x00200010, vr::SH, cut(study.id, longest_short_string));
  into.optional_text(0x00081030, vr::LO, cut(study.description, longest_string));
}

caf::error check_uid(const std::string& uid, const char* name) {
  if (!uid.empty() && valid_uid(uid)) return {};
  return failure(errc::invalid_argument, std::string{name} + " " + shown(uid) + " is not a UID");
}

} // namespace

caf::expected<object_subject> subject_of(const uint8_t* file, size_t size) {
  const auto reading = read_part10_meta(file, size, true);
  if (!reading) return reading.error();
  const auto& meta = reading->meta;
  header_scanner scanner{meta.transfer_syntax_uid};
  if (auto error = scanner.feed(file + meta.data_set_offset, size - meta.data_set_offset)) return error;
  const auto header = read_header(scanner, meta.transfer_syntax_uid);
  if (auto error = validate(header)) return error;
  return object_subject{header.patient, header.study, header.series.institution_name,
                        header.series.frame_of_reference_uid};
}

object_subject subject_of(const study_row& study) {
  const auto& patient = study.patient;
  return {
      {patient.patient_id, patient.issuer, patient.name, patient.birth_date, patient.sex}, study.attributes, {}, {}};
}

void put_common(ordered_elements& into, const object_subject& subject, const object_identity& identity,
                std::string_view modality, std::string_view series_description) {
  put_patient(into, subject.patient);
  put_study(into, subject.study);
  const auto at = date_time_of(identity.at);
  const auto date = at.substr(0, length_of_date);
  const auto time = at.substr(length_of_date);
  into.text(0x00080005, vr::CS, "ISO_IR 192");
  for (const tag_number tag : {0x00080012, 0x00080021, 0x00080023}) into.text(tag, vr::DA, date);
  for (const tag_number tag : {0x00080013, 0x00080031, 0x00080033}) into.text(tag, vr::TM, time);
  into.text(0x00080018, vr::UI, identity.sop_instance_uid);
  into.text(0x00080060, vr::CS, modality);
  into.text(0x00080070, vr::LO, own_manufacturer);
  into.optional_text(0x00080080, vr::LO, cut(subject.institution, longest_string));
  into.optional_text(0x0008103E, vr::LO, cut(series_description, longest_string));
  into.text(0x00081090, vr::LO, own_manufacturer);
  into.text(0x00181000, vr::LO, own_serial_number());
  into.text(0x00181020, vr::LO, implementation_version_name);
  into.text(0x0020000E, vr::UI, identity.series_uid);
  into.text(0x00200011, vr::IS, std::to_string(identity.series_number));
  into.text(0x00200013, vr::IS, std::to_string(identity.instance_number));
}

ordered_elements reference_item(const object_reference& what) {
  ordered_elements item;
  item.text(0x00081150, vr::UI, what.sop_class_uid);
  item.text(0x00081155, vr::UI, what.sop_instance_uid);
  if (what.frame > 0) item.text(0x00081160, vr::IS, std::to_string(what.frame));
  return item;
}

made_object file_of(ordered_elements data_set, const std::string& sop_class_uid, const std::string& sop_instance_uid,
                    std::string_view tail) {
  data_set.text(0x00080016, vr::UI, sop_class_uid);
  const auto body = data_set.encoded();
  made_object result{sop_class_uid, sop_instance_uid,
                     part10_preamble(sop_class_uid, sop_instance_uid, explicit_little_endian, {})};
  result.file.reserve(result.file.size() + body.size() + tail.size());
  result.file.insert(result.file.end(), body.begin(), body.end());
  result.file.insert(result.file.end(), tail.begin(), tail.end());
  return result;
}

caf::error check_identity(const object_subject& subject, const object_identity& identity) {
  const std::array<std::pair<const std::string*, const char*>, 3> uids{
      {{&subject.study.uid, "the study's UID"},
       {&identity.series_uid, "the series' UID"},
       {&identity.sop_instance_uid, "the instance's UID"}}};
  for (const auto& [uid, name] : uids) {
    if (auto error = check_uid(*uid, name)) return error;
  }
  return {};
}

caf::error check_reference(const object_reference& what) {
  for (const auto* uid : {&what.series_uid, &what.sop_class_uid, &what.sop_instance_uid}) {
    if (auto error = check_uid(*uid, "a reference's UID")) return error;
  }
  return {};
}

std::string own_serial_number() { return std::string{implementation_class_uid}; }

} // namespace noctis
