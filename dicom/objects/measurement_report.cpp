#include "dicom/objects/measurement_report.hpp"

#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/document_file.hpp"
#include "dicom/objects/measurement_groups.hpp"
#include "dicom/part10.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr int64_t series_key = 0; ///< serials of documents count from 1
constexpr const char* measurement_series_number = "9001";
constexpr const char* key_image_series_number = "9002";

bool is_in_patient(const annotation& what) { return what.space == "patient"; }

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

caf::expected<made_object> written(DSRDocument& document, const study_row& study, const annotation_document& what) {
  return document_file(document, subject_of(study), document_uid(what), document_series_uid(what), what.at);
}

} // namespace

std::string document_uid(const annotation_document& document) { return derived_uid(document.key, document.serial); }

std::string document_series_uid(const annotation_document& document) { return derived_uid(document.key, series_key); }

caf::expected<made_object> write_measurement_report(const study_row& study, const annotation_document& document) {
  const auto& all = document.annotations;
  const bool is_3d = std::any_of(all.begin(), all.end(), is_in_patient);
  DSRDocument report{is_3d ? DSRTypes::DT_Comprehensive3DSR : DSRTypes::DT_ComprehensiveSR};
  describe(report, study, document);
  if (auto error = fill_measurement_report(report, document)) return error;
  report.getCodingSchemeIdentification().addItem(own_scheme, "", "Noctis");
  return written(report, study, document);
}

caf::expected<made_object> write_key_objects(const study_row& study, const annotation_document& document) {
  if (document.annotations.empty())
    return failure(errc::invalid_argument, "a key object selection names at least one image");
  DSRDocument selection{DSRTypes::DT_KeyObjectSelectionDocument};
  describe(selection, study, document);
  if (auto error = fill_key_objects(selection, document)) return error;
  return written(selection, study, document);
}

} // namespace noctis
