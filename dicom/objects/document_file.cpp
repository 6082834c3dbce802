#include "dicom/objects/document_file.hpp"

#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/measurement_report.hpp"
#include "dicom/objects/object_parts.hpp"
#include "dicom/part10.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dctk.h>

#include <array>
#include <utility>

namespace noctis {

namespace {

constexpr size_t longest_string = 64;
constexpr const char* explicit_little_endian = "1.2.840.10008.1.2.1";

void put_subject(DcmItem& data_set, const object_subject& subject) {
  const auto& [patient, study, institution, frame_of_reference] = subject;
  const std::array<std::pair<DcmTagKey, const std::string*>, 10> values{{
      {DCM_PatientName, &patient.name},
      {DCM_PatientID, &patient.id},
      {DCM_PatientBirthDate, &patient.birth_date},
      {DCM_PatientSex, &patient.sex},
      {DCM_StudyInstanceUID, &study.uid},
      {DCM_StudyDate, &study.date},
      {DCM_StudyTime, &study.time},
      {DCM_StudyID, &study.id},
      {DCM_AccessionNumber, &study.accession_number},
      {DCM_ReferringPhysicianName, &study.referring_physician},
  }};
  for (const auto& [tag, value] : values) data_set.putAndInsertString(tag, value->c_str());
  const std::array<std::pair<DcmTagKey, const std::string*>, 3> optional{{
      {DCM_StudyDescription, &study.description},
      {DCM_IssuerOfPatientID, &patient.issuer},
      {DCM_InstitutionName, &institution},
  }};
  for (const auto& [tag, value] : optional) {
    if (value->empty())
      data_set.findAndDeleteElement(tag);
    else
      data_set.putAndInsertString(tag, value->c_str());
  }
}

void put_identity(DcmItem& data_set, const std::string& sop_instance_uid, const std::string& series_uid, int64_t ms) {
  constexpr size_t length_of_date = 8;
  const auto at = date_time_of(ms);
  const auto date = at.substr(0, length_of_date);
  const auto time = at.substr(length_of_date);
  data_set.putAndInsertString(DCM_SOPInstanceUID, sop_instance_uid.c_str());
  data_set.putAndInsertString(DCM_SeriesInstanceUID, series_uid.c_str());
  data_set.putAndInsertString(DCM_InstanceCreationDate, date.c_str());
  data_set.putAndInsertString(DCM_InstanceCreationTime, time.c_str());
  data_set.putAndInsertString(DCM_ContentDate, date.c_str());
  data_set.putAndInsertString(DCM_ContentTime, time.c_str());
}

/// Returns the Part 10 file of a data set.
caf::expected<made_object> encoded(DcmFileFormat& file) {
  auto& data_set = *file.getDataset();
  made_object result;
  OFString value;
  data_set.findAndGetOFString(DCM_SOPClassUID, value);
  result.sop_class_uid = value.c_str();
  data_set.findAndGetOFString(DCM_SOPInstanceUID, value);
  result.sop_instance_uid = value.c_str();
  std::vector<uint8_t> body(data_set.calcElementLength(EXS_LittleEndianExplicit, EET_ExplicitLength));
  DcmOutputBufferStream stream{body.data(), static_cast<offile_off_t>(body.size())};
  data_set.transferInit();
  const auto written = data_set.write(stream, EXS_LittleEndianExplicit, EET_ExplicitLength, nullptr);
  data_set.transferEnd();
  if (written.bad()) return failure(errc::internal, std::string{"the document is not encoded: "} + written.text());
  void* start = nullptr;
  offile_off_t length = 0;
  stream.flushBuffer(start, length);
  result.file = part10_preamble(result.sop_class_uid, result.sop_instance_uid, explicit_little_endian, {});
  result.file.insert(result.file.end(), body.begin(), body.begin() + static_cast<std::ptrdiff_t>(length));
  return result;
}

} // namespace

caf::expected<made_object> document_file(DSRDocument& document, const object_subject& subject,
                                         const std::string& sop_instance_uid, const std::string& series_uid,
                                         int64_t at) {
  DcmFileFormat file;
  auto& data_set = *file.getDataset();
  if (const auto result = document.write(data_set); result.bad())
    return failure(errc::internal, std::string{"the document is not right: "} + result.text());
  put_subject(data_set, subject);
  put_identity(data_set, sop_instance_uid, series_uid, at);
  return encoded(file);
}

void describe_document(DSRDocument& document, const object_subject& subject, const object_identity& identity,
                       const std::string& series_description) {
  document.setSpecificCharacterSetType(DSRTypes::CS_UTF8);
  document.createNewSeriesInStudy(subject.study.uid.c_str());
  document.setManufacturer(own_manufacturer);
  document.setManufacturerModelName(own_manufacturer);
  document.setDeviceSerialNumber(own_serial_number().c_str());
  document.setSoftwareVersions(std::string{implementation_version_name}.c_str());
  document.setSeriesDescription(std::string{cut(series_description, longest_string)}.c_str());
  document.setSeriesNumber(std::to_string(identity.series_number).c_str());
  document.setInstanceNumber(std::to_string(identity.instance_number).c_str());
}

void add_to(DSRSOPInstanceReferenceList& references, const object_subject& subject, const object_reference& what) {
  references.addItem((what.study_uid.empty() ? subject.study.uid : what.study_uid).c_str(), what.series_uid.c_str(),
                     what.sop_class_uid.c_str(), what.sop_instance_uid.c_str(), OFFalse);
}

} // namespace noctis
