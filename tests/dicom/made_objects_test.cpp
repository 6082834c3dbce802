#include "dicom/objects/analysis_report.hpp"
#include "dicom/objects/encapsulated_pdf.hpp"
#include "dicom/objects/report_document.hpp"
#include "dicom/objects/segmentation.hpp"
#include "dicom/part10.hpp"
#include "messages/errors.hpp"
#include "tests/printing.hpp"

#include <boost/test/unit_test.hpp>
#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>

using namespace noctis;

namespace {

constexpr auto ct_image = "1.2.840.10008.5.1.4.1.1.2";
constexpr auto frame_of_reference = "1.2.826.0.1.3680043.10.543.4.1";
constexpr auto series_of_images = "1.2.826.0.1.3680043.10.543.2.1";

object_subject subject() {
  object_subject result;
  result.patient = {"P1", "HOSPITAL", "Müller^Jürgen=山田^太郎", "19700131", "M"};
  result.study.uid = "1.2.826.0.1.3680043.10.543.1.1";
  result.study.id = "S1";
  result.study.date = "20240131";
  result.study.time = "102030";
  result.study.accession_number = "A1";
  result.study.description = "CT HEAD";
  result.study.referring_physician = "Who^Doctor";
  result.institution = "St. Elsewhere";
  result.frame_of_reference_uid = frame_of_reference;
  return result;
}

/// UIDs of their own for each object, which go into one study.
object_identity identity(int number) {
  object_identity result;
  result.sop_instance_uid = "2.25.1234567890123456789012345678901234" + std::to_string(500 + number);
  result.series_uid = "2.25.1234567890123456789012345678901234" + std::to_string(600 + number);
  result.series_number = 9100 + number;
  result.at = 1'706'696'430'000;
  return result;
}

object_reference image(int number, int32_t frame = 0) {
  return {"", series_of_images, ct_image, "1.2.826.0.1.3680043.10.543.3." + std::to_string(number), frame};
}

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

constexpr auto right_code = "24028007";

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

/// Three images of 5 × 7: 35 pixels, so that frames do not begin with a byte. The second holds nothing.
segmentation lungs() {
  segmentation what;
  what.identity = identity(2);
  what.name = "Lungs";
  what.analyser = "ct-chest";
  what.version = "1.0";
  what.frame_of_reference_uid = frame_of_reference;
  what.rows = 5;
  what.columns = 7;
  what.row_spacing = 0.75;
  what.column_spacing = 0.5;
  what.slice_thickness = 2.5;
  const code_text structure{"123037004", "SCT", "Anatomical Structure"};
  const code_text lung{"39607008", "SCT", "Lung"};
  what.segments = {{3, "Right lung", structure, lung, {right_code, "SCT", "Right"}},
                   {1, "", structure, lung, {"7771000", "SCT", "Left"}}};
  for (int i = 0; i < 3; ++i) {
    segmented_frame frame;
    frame.source = image(i + 1);
    frame.position = {-10, -20.125, 2.5 * i};
    what.frames.push_back(frame);
  }
  what.labels.assign(size_t{5} * 7 * 3, 0);
  for (const size_t at : {0, 1, 8, 34, 70, 104}) what.labels[at] = 3;
  for (const size_t at : {2, 71}) what.labels[at] = 1;
  what.labels[33] = 1;
  return what;
}

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

encapsulated_pdf pdf_of_report() {
  encapsulated_pdf what;
  what.identity = identity(5);
  what.title = "Bericht über den Kopf";
  what.description = "Report";
  what.verified = true;
  what.sources = {{"", identity(3).series_uid, "1.2.840.10008.5.1.4.1.1.88.11", identity(3).sop_instance_uid}};
  return what;
}

std::vector<uint8_t> small_pdf() {
  const std::string text = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>"
                           "endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
  return {text.begin(), text.end()};
}

/// Keeps a file where NOCTIS_KEEP_REPORTS says, to be looked at with other programs, and returns it as DCMTK reads it.
std::unique_ptr<DcmFileFormat> read_back(const std::string& name, const caf::expected<made_object>& object) {
  if (!object) BOOST_FAIL(reason_of(object.error()));
  if (const auto* folder = std::getenv("NOCTIS_KEEP_REPORTS"))
    std::ofstream{std::filesystem::path{folder} / name, std::ios::binary}.write(
        reinterpret_cast<const char*>(object->file.data()), static_cast<std::streamsize>(object->file.size()));
  auto result = std::make_unique<DcmFileFormat>();
  DcmInputBufferStream stream;
  stream.setBuffer(object->file.data(), static_cast<offile_off_t>(object->file.size()));
  stream.setEos();
  result->transferInit();
  const auto read = result->read(stream);
  result->transferEnd();
  BOOST_REQUIRE_MESSAGE(read.good(), read.text());
  BOOST_REQUIRE(result->loadAllDataIntoMemory().good());
  return result;
}

std::string text(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFStringArray(tag, value);
  return value.c_str();
}

DcmItem& nested(DcmItem& item, const DcmTagKey& tag, size_t number = 0) {
  DcmItem* found = nullptr;
  if (item.findAndGetSequenceItem(tag, found, static_cast<signed long>(number)).bad())
    BOOST_FAIL("there is no item " << number << " in " << tag.toString().c_str());
  return *found;
}

std::vector<int> bits(DcmItem& data_set) {
  const Uint8* bytes = nullptr;
  unsigned long count = 0;
  BOOST_REQUIRE(data_set.findAndGetUint8Array(DCM_PixelData, bytes, &count).good());
  std::vector<int> result;
  for (unsigned long i = 0; i < count * 8; ++i) {
    if ((bytes[i / 8] >> (i % 8) & 1) != 0) result.push_back(static_cast<int>(i));
  }
  return result;
}

template <class T>
void check_refused(const caf::expected<T>& result) {
  BOOST_REQUIRE(!result);
  BOOST_TEST_MESSAGE(reason_of(result.error()));
  BOOST_CHECK(code_of(result.error()) == errc::invalid_argument);
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

BOOST_AUTO_TEST_CASE(labels_become_frames_of_bits) {
  const auto file = read_back("segmentation.dcm", write_segmentation(subject(), lungs()));
  auto& data_set = *file->getDataset();
  BOOST_TEST(text(data_set, DCM_NumberOfFrames) == "4");
  BOOST_TEST(text(data_set, DCM_SegmentationType) == "BINARY");
  auto& right = nested(data_set, DCM_SegmentSequence, 0);
  BOOST_TEST(text(right, DCM_SegmentLabel) == "Right lung");
  BOOST_TEST(
      text(nested(nested(right, DCM_SegmentedPropertyTypeCodeSequence), DCM_SegmentedPropertyTypeModifierCodeSequence),
           DCM_CodeValue) == right_code);
  BOOST_TEST(text(nested(data_set, DCM_SegmentSequence, 1), DCM_SegmentLabel) == "Lung");
  const std::vector<int> expected{0, 1, 8, 34, 35 + 0, 35 + 34, 70 + 2, 70 + 33, 105 + 1};
  BOOST_CHECK(bits(data_set) == expected);
  auto& third = nested(data_set, DCM_PerFrameFunctionalGroupsSequence, 1);
  BOOST_TEST(text(nested(third, DCM_PlanePositionSequence), DCM_ImagePositionPatient) == "-10\\-20.125\\5");
  BOOST_TEST(text(nested(nested(third, DCM_DerivationImageSequence), DCM_SourceImageSequence),
                  DCM_ReferencedSOPInstanceUID) == image(3).sop_instance_uid);
  auto& shared = nested(data_set, DCM_SharedFunctionalGroupsSequence);
  BOOST_TEST(text(nested(shared, DCM_PixelMeasuresSequence), DCM_PixelSpacing) == "0.75\\0.5");
}

BOOST_AUTO_TEST_CASE(frames_of_many_orientations_and_of_multi_frame_images_keep_them) {
  auto what = lungs();
  what.identity = identity(6);
  what.frames[2].orientation = {0, 1, 0, 0, 0, -1};
  for (size_t i = 0; i < what.frames.size(); ++i) {
    what.frames[i].source = image(1, static_cast<int32_t>(i + 1));
    what.frames[i].source.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2.1";
  }
  const auto file = read_back("segmentation_of_frames.dcm", write_segmentation(subject(), what));
  auto& frame = nested(*file->getDataset(), DCM_PerFrameFunctionalGroupsSequence, 1);
  BOOST_TEST(text(nested(frame, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient) == "0\\1\\0\\0\\0\\-1");
  BOOST_TEST(text(nested(nested(frame, DCM_DerivationImageSequence), DCM_SourceImageSequence),
                  DCM_ReferencedFrameNumber) == "3");
}

BOOST_AUTO_TEST_CASE(a_segmentation_that_cannot_be_is_refused) {
  const auto refused = [](auto change) {
    auto what = lungs();
    change(what);
    check_refused(write_segmentation(subject(), what));
  };
  refused([](segmentation& s) { s.labels.pop_back(); });
  refused([](segmentation& s) { s.labels.assign(s.labels.size(), 0); });
  refused([](segmentation& s) { s.labels[5] = 9; });
  refused([](segmentation& s) { s.segments[1].label = 3; });
  refused([](segmentation& s) { s.segments[0].label = 0; });
  refused([](segmentation& s) { s.segments.clear(); });
  refused([](segmentation& s) { s.segments[0].type = {}; });
  refused([](segmentation& s) { s.rows = 0; });
  refused([](segmentation& s) { s.row_spacing = 0; });
  refused([](segmentation& s) { s.frames[0].position[1] = std::numeric_limits<double>::infinity(); });
  refused([](segmentation& s) { s.frame_of_reference_uid = ""; });
  refused([](segmentation& s) { s.frames[0].source.sop_instance_uid = "?"; });
}

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

BOOST_AUTO_TEST_CASE(a_pdf_is_encapsulated_byte_by_byte) {
  for (const bool is_odd : {false, true}) {
    auto pdf = small_pdf();
    if ((pdf.size() % 2 == 1) != is_odd) pdf.push_back('\n');
    const auto file = read_back("pdf.dcm", write_encapsulated_pdf(subject(), pdf_of_report(), pdf));
    auto& data_set = *file->getDataset();
    const Uint8* bytes = nullptr;
    unsigned long count = 0;
    BOOST_REQUIRE(data_set.findAndGetUint8Array(DCM_EncapsulatedDocument, bytes, &count).good());
    BOOST_TEST(count == pdf.size() + (is_odd ? 1 : 0));
    BOOST_CHECK(std::equal(pdf.begin(), pdf.end(), bytes));
    BOOST_TEST(text(data_set, DCM_DocumentTitle) == "Bericht über den Kopf");
  }
  check_refused(write_encapsulated_pdf(subject(), pdf_of_report(), {}));
  check_refused(write_encapsulated_pdf(subject(), pdf_of_report(), {'P', 'K', 3, 4, 5, 6, 7}));
}

BOOST_AUTO_TEST_CASE(the_subject_is_what_an_instance_says) {
  const auto object = write_segmentation(subject(), lungs());
  BOOST_REQUIRE(object);
  const auto again = subject_of(object->file.data(), object->file.size());
  BOOST_REQUIRE(again);
  BOOST_TEST(again->patient.name == subject().patient.name);
  BOOST_TEST(again->patient.issuer == "HOSPITAL");
  BOOST_TEST(again->study.uid == subject().study.uid);
  BOOST_TEST(again->study.referring_physician == "Who^Doctor");
  BOOST_TEST(again->institution == "St. Elsewhere");
  BOOST_TEST(again->frame_of_reference_uid == frame_of_reference);
  BOOST_TEST(!subject_of(object->file.data(), 200));
}

BOOST_AUTO_TEST_SUITE_END()
