#include "dicom/objects/analysis_report.hpp"
#include "tests/dicom/objects/support.hpp"

#include <limits>

using namespace noctis;
using namespace noctis::test;

namespace {

analysis_finding measured(const code_text& what, double value, const std::string& unit, const code_text& site = {},
                          const code_text& side = {}) {
  analysis_finding result;
  result.kind = "measurement";
  result.what = what;
  result.value = value;
  result.unit = unit;
  result.site = site;
  result.laterality = side;
  return result;
}

analysis_report chest_report() {
  const code_text lung{"39607008", "SCT", "Lung"};
  const code_text volume{"118565006", "SCT", "Volume"};
  const code_text right{right_code, "SCT", "Right"};
  const code_text left{"7771000", "SCT", "Left"};
  analysis_report report;
  report.identity = identity(1);
  report.analyser = "ct-chest";
  report.version = "1.0";
  report.frame_of_reference_uid = frame_of_reference;
  for (int i = 1; i <= 4; ++i) report.sources.push_back(image(i));
  report.findings = {measured(volume, 2812.5, "ml", lung, right), measured(volume, 2400.25, "ml", lung, left),
                     measured({"LAA950", "99NOCTIS", "Low attenuation area below -950 HU"}, 4.5, "%", lung, right),
                     measured({"112181", "DCM", "Mean Attenuation Coefficient"}, 1.0 / 3, "[hnsf'U]",
                              {"MATERIAL-polyoxymethylene", "99NOCTIS", "polyoxymethylene"}),
                     measured({"111787", "DCM", "Signal to Noise Ratio"}, 12, "1")};
  report.findings[3].position = {1, 2, 3};
  analysis_finding nodule;
  nodule.kind = "candidate";
  nodule.what = {"27925004", "SCT", "Nodule"};
  nodule.site = lung;
  nodule.laterality = right;
  nodule.position = {-51.5, 20.25, 133};
  nodule.diameter_mm = 8.25;
  nodule.volume_ml = 0.294;
  nodule.mean_hu = -12.5;
  report.findings.push_back(nodule);
  report.warnings = {"slices 3 and 4 are 2.5 mm ± 0.1 mm apart", "the gantry was tilted by 12°"};
  report.urgency_reason = "Nodule of 8 mm";
  report.segmentations = {{"", identity(2).series_uid, "1.2.840.10008.5.1.4.1.1.66.4", identity(2).sop_instance_uid}};
  return report;
}

} // namespace

BOOST_AUTO_TEST_SUITE(made_objects)

BOOST_AUTO_TEST_CASE(a_machine_reports_what_it_measured) {
  const auto file = read_back("analysis.dcm", write_analysis_report(subject(), chest_report()));
  auto& data_set = *file->getDataset();
  BOOST_TEST(text(data_set, DCM_SOPClassUID) == "1.2.840.10008.5.1.4.1.1.88.34");
  BOOST_TEST(text(data_set, DCM_SOPInstanceUID) == identity(1).sop_instance_uid);
  BOOST_TEST(text(data_set, DCM_SeriesInstanceUID) == identity(1).series_uid);
  BOOST_TEST(text(data_set, DCM_PatientName) == subject().patient.name);
  BOOST_TEST(text(data_set, DCM_SpecificCharacterSet) == "ISO_IR 192");
  BOOST_TEST(text(data_set, DCM_SeriesDescription) == "ct-chest 1.0: Machine-made, not for diagnosis");
  BOOST_TEST(text(data_set, DCM_CompletionFlag) == "COMPLETE");
  BOOST_TEST(text(data_set, DCM_VerificationFlag) == "UNVERIFIED");
  auto& evidence =
      nested(nested(data_set, DCM_CurrentRequestedProcedureEvidenceSequence), DCM_ReferencedSeriesSequence);
  BOOST_TEST(text(nested(evidence, DCM_ReferencedSOPSequence, 3), DCM_ReferencedSOPInstanceUID) ==
             image(4).sop_instance_uid);
}

BOOST_AUTO_TEST_CASE(the_same_report_has_the_same_bytes) {
  const auto first = write_analysis_report(subject(), chest_report());
  const auto again = write_analysis_report(subject(), chest_report());
  BOOST_REQUIRE(first);
  BOOST_REQUIRE(again);
  BOOST_CHECK(first->file == again->file);
}

BOOST_AUTO_TEST_CASE(a_report_without_findings_says_so_much) {
  auto report = chest_report();
  report.findings.clear();
  read_back("analysis_without_findings.dcm", write_analysis_report(subject(), report));
}

BOOST_AUTO_TEST_CASE(a_report_that_cannot_be_is_refused) {
  const auto refused = [](auto change) {
    auto report = chest_report();
    change(report);
    check_refused(write_analysis_report(subject(), report));
  };
  refused([](analysis_report& r) { r.sources.clear(); });
  refused([](analysis_report& r) { r.identity.series_uid = "series"; });
  refused([](analysis_report& r) { r.findings[0].value = std::numeric_limits<double>::quiet_NaN(); });
  refused([](analysis_report& r) { r.findings[0].what = {}; });
}

BOOST_AUTO_TEST_SUITE_END()
