#include "dicom/measurement_report.hpp"

#include "dicom/content_tree.hpp"
#include "dicom/measurement_groups.hpp"
#include "dicom/part10.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <dcmtk/dcmdata/dcostrmb.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <utility>

namespace noctis {

namespace {

constexpr int64_t series_key = 0; ///< serials of documents count from 1
constexpr const char* explicit_little_endian = "1.2.840.10008.1.2.1";
constexpr const char* measurement_series_number = "9001";
constexpr const char* key_image_series_number = "9002";

bool is_in_patient(const annotation& what) { return what.space == "patient"; }

/// What the document is about: patient and study, as the index has them.
void put_subject(DcmItem& data_set, const study_row& study) {
  const auto& attributes = study.attributes;
  const std::array<std::pair<DcmTagKey, const std::string*>, 11> values{{
      {DCM_PatientName, &study.patient.name},
      {DCM_PatientID, &study.patient.patient_id},
      {DCM_PatientBirthDate, &study.patient.birth_date},
      {DCM_PatientSex, &study.patient.sex},
      {DCM_StudyInstanceUID, &attributes.uid},
      {DCM_StudyDate, &attributes.date},
      {DCM_StudyTime, &attributes.time},
      {DCM_StudyID, &attributes.id},
      {DCM_AccessionNumber, &attributes.accession_number},
      {DCM_ReferringPhysicianName, &attributes.referring_physician},
      {DCM_StudyDescription, &attributes.description},
  }};
  for (const auto& [tag, value] : values) data_set.putAndInsertString(tag, value->c_str());
  if (attributes.description.empty()) data_set.findAndDeleteElement(DCM_StudyDescription);
  if (!study.patient.issuer.empty()) data_set.putAndInsertString(DCM_IssuerOfPatientID, study.patient.issuer.c_str());
}

void put_identity(DcmItem& data_set, const annotation_document& document) {
  constexpr size_t length_of_date = 8;
  const auto at = date_time_of(document.at);
  const auto date = at.substr(0, length_of_date);
  const auto time = at.substr(length_of_date);
  data_set.putAndInsertString(DCM_SOPInstanceUID, document_uid(document).c_str());
  data_set.putAndInsertString(DCM_SeriesInstanceUID, document_series_uid(document).c_str());
  data_set.putAndInsertString(DCM_InstanceCreationDate, date.c_str());
  data_set.putAndInsertString(DCM_InstanceCreationTime, time.c_str());
  data_set.putAndInsertString(DCM_ContentDate, date.c_str());
  data_set.putAndInsertString(DCM_ContentTime, time.c_str());
}

void describe(DSRDocument& document, const study_row& study, const annotation_document& what) {
  document.setSpecificCharacterSetType(DSRTypes::CS_UTF8);
  document.createNewSeriesInStudy(study.attributes.uid.c_str());
  document.setManufacturer(own_manufacturer);
  document.setManufacturerModelName(own_manufacturer);
  document.setDeviceSerialNumber(what.key.c_str());
  document.setSoftwareVersions(std::string{implementation_version_name}.c_str());
  document.setSeriesDescription(what.key_objects ? key_images_description : measurements_description);
  document.setSeriesNumber(what.key_objects ? key_image_series_number : measurement_series_number);
  document.setInstanceNumber(std::to_string(what.serial).c_str());
  auto& evidence = document.getCurrentRequestedProcedureEvidence();
  for (const auto& one : what.annotations) {
    if (!one.sop_instance_uid.empty())
      evidence.addItem(study.attributes.uid.c_str(), one.series_uid.c_str(), one.sop_class_uid.c_str(),
                       one.sop_instance_uid.c_str(), OFFalse);
  }
  if (what.key_objects) return;
  document.completeDocument();
  if (what.former_uid.empty()) return;
  document.getPredecessorDocuments().addItem(study.attributes.uid.c_str(), document_series_uid(what).c_str(),
                                             what.former_class.c_str(), what.former_uid.c_str());
}

/// Returns the Part 10 file of a data set.
caf::expected<annotation_object> encoded(DcmFileFormat& file) {
  auto& data_set = *file.getDataset();
  annotation_object result;
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

caf::expected<annotation_object> written(DSRDocument& document, const study_row& study,
                                         const annotation_document& what) {
  DcmFileFormat file;
  auto& data_set = *file.getDataset();
  if (const auto result = document.write(data_set); result.bad())
    return failure(errc::internal, std::string{"the document is not right: "} + result.text());
  put_subject(data_set, study);
  put_identity(data_set, what);
  return encoded(file);
}

} // namespace

std::string document_uid(const annotation_document& document) { return derived_uid(document.key, document.serial); }

std::string document_series_uid(const annotation_document& document) { return derived_uid(document.key, series_key); }

caf::expected<annotation_object> write_measurement_report(const study_row& study, const annotation_document& document) {
  const auto& all = document.annotations;
  const bool is_3d = std::any_of(all.begin(), all.end(), is_in_patient);
  DSRDocument report{is_3d ? DSRTypes::DT_Comprehensive3DSR : DSRTypes::DT_ComprehensiveSR};
  describe(report, study, document);
  if (auto error = fill_measurement_report(report, document)) return error;
  report.getCodingSchemeIdentification().addItem(own_scheme, "", "Noctis");
  return written(report, study, document);
}

caf::expected<annotation_object> write_key_objects(const study_row& study, const annotation_document& document) {
  if (document.annotations.empty())
    return failure(errc::invalid_argument, "a key object selection names at least one image");
  DSRDocument selection{DSRTypes::DT_KeyObjectSelectionDocument};
  describe(selection, study, document);
  if (auto error = fill_key_objects(selection, document)) return error;
  return written(selection, study, document);
}

} // namespace noctis
