#include "dicom/objects/segmentation.hpp"
#include "tests/dicom/objects/support.hpp"

#include <limits>

using namespace noctis;
using namespace noctis::test;

namespace {

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

} // namespace

BOOST_AUTO_TEST_SUITE(made_objects)

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
