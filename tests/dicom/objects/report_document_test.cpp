#include "dicom/objects/report_document.hpp"
#include "tests/dicom/objects/support.hpp"

using namespace noctis;
using namespace noctis::test;

namespace {

report_document amended_report() {
  report_document report;
  report.identity = identity(3);
  report.status = "amended";
  report.title = "CT of the head";
  report.sections = {{"clinical_information", "Fall from a height."},
                     {"technique", ""},
                     {"findings", "Keine Blutung.\nنزيف داخل الجمجمة <b>&\tbold</b>"},
                     {"impression", "Normal."},
                     {"comparison", "None."},
                     {"recommendations", "None."}};
  report.addendum = "The side was wrong.";
  report.images = {{image(1), "Brain"}, {image(2), ""}};
  report.author = "Ben Writer";
  report.signed_by = "Ann Öz";
  report.signed_at = 1'706'696'500'000;
  report.predecessors = {{"", identity(4).series_uid, "1.2.840.10008.5.1.4.1.1.88.11", identity(4).sop_instance_uid}};
  return report;
}

} // namespace

BOOST_AUTO_TEST_SUITE(made_objects)

BOOST_AUTO_TEST_CASE(a_signed_report_is_verified_and_names_its_predecessor) {
  const auto file = read_back("report.dcm", write_report_document(subject(), amended_report()));
  auto& data_set = *file->getDataset();
  BOOST_TEST(text(data_set, DCM_SOPClassUID) == "1.2.840.10008.5.1.4.1.1.88.11");
  BOOST_TEST(text(data_set, DCM_VerificationFlag) == "VERIFIED");
  BOOST_TEST(text(data_set, DCM_PreliminaryFlag) == "FINAL");
  auto& observer = nested(data_set, DCM_VerifyingObserverSequence);
  BOOST_TEST(text(observer, DCM_VerifyingObserverName) == "Ann Öz");
  BOOST_TEST(text(observer, DCM_VerifyingOrganization) == "St. Elsewhere");
  auto& former = nested(nested(nested(data_set, DCM_PredecessorDocumentsSequence), DCM_ReferencedSeriesSequence),
                        DCM_ReferencedSOPSequence);
  BOOST_TEST(text(former, DCM_ReferencedSOPInstanceUID) == identity(4).sop_instance_uid);
}

BOOST_AUTO_TEST_CASE(a_preliminary_report_says_so_and_one_that_nobody_signed_is_unverified) {
  auto report = amended_report();
  report.identity = identity(4);
  report.status = "preliminary";
  report.signed_by = "";
  report.predecessors.clear();
  const auto file = read_back("preliminary.dcm", write_report_document(subject(), report));
  BOOST_TEST(text(*file->getDataset(), DCM_VerificationFlag) == "UNVERIFIED");
  BOOST_TEST(text(*file->getDataset(), DCM_PreliminaryFlag) == "PRELIMINARY");
}

BOOST_AUTO_TEST_CASE(a_report_of_a_megabyte_is_whole) {
  auto report = amended_report();
  report.identity = identity(7);
  report.sections[2].text.clear();
  while (report.sections[2].text.size() < 1'000'000) report.sections[2].text += "Ein Satz mit Umlauten: äöü.\n";
  read_back("long_report.dcm", write_report_document(subject(), report));
  report.sections.clear();
  report.addendum = "";
  report.images.clear();
  check_refused(write_report_document(subject(), report));
}

BOOST_AUTO_TEST_SUITE_END()
