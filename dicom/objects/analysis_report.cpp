#include "dicom/objects/analysis_report.hpp"

#include "dicom/objects/analysis_groups.hpp"
#include "dicom/objects/content_tree.hpp"
#include "dicom/objects/document_file.hpp"
#include "dicom/objects/object_parts.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

caf::error check_finding(const analysis_finding& what) {
  const auto is_finite = [](double x) { return std::isfinite(x); };
  if (what.what.value.empty() || what.what.scheme.empty())
    return failure(errc::invalid_argument, "a finding has no code");
  if (!is_finite(what.value) || !is_finite(what.diameter_mm) || !is_finite(what.volume_ml) ||
      !is_finite(what.mean_hu) || !std::all_of(what.position.begin(), what.position.end(), is_finite))
    return failure(errc::invalid_argument, "a finding has a number that is none");
  return {};
}

caf::error check(const object_subject& subject, const analysis_report& report) {
  if (auto error = check_identity(subject, report.identity)) return error;
  if (report.sources.empty()) return failure(errc::invalid_argument, "a report names the images that were read");
  for (const auto* references : {&report.sources, &report.segmentations}) {
    for (const auto& one : *references) {
      if (auto error = check_reference(one)) return error;
    }
  }
  for (const auto& one : report.findings) {
    if (auto error = check_finding(one)) return error;
  }
  return {};
}

void describe(DSRDocument& document, const object_subject& subject, const analysis_report& report) {
  const auto description = report.analyser + " " + report.version + ": " + machine_made;
  describe_document(document, subject, report.identity, description);
  document.setSoftwareVersions((report.analyser + " " + report.version).c_str());
  auto& evidence = document.getCurrentRequestedProcedureEvidence();
  for (const auto* references : {&report.sources, &report.segmentations}) {
    for (const auto& one : *references) add_to(evidence, subject, one);
  }
  document.completeDocument();
}

} // namespace

caf::expected<made_object> write_analysis_report(const object_subject& subject, const analysis_report& report) {
  if (auto error = check(subject, report)) return error;
  DSRDocument document{DSRTypes::DT_Comprehensive3DSR};
  describe(document, subject, report);
  if (auto error = fill_analysis_report(document, report)) return error;
  document.getCodingSchemeIdentification().addItem(own_scheme, "", "Noctis");
  return document_file(document, subject, report.identity.sop_instance_uid, report.identity.series_uid,
                       report.identity.at);
}

} // namespace noctis
