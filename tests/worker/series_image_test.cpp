#include "dicom/data_set_writer.hpp"
#include "dicom/part10.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"
#include "tests/results.hpp"
#include "tests/worker/support.hpp"
#include "worker/series_image.hpp"

#include <boost/test/unit_test.hpp>

namespace noctis {

using namespace test;

namespace {

phantom small_head(uint32_t columns = 64, uint32_t slices = 3) {
  auto scan = usual_scan("head");
  scan.pixel_mm = scan.pixel_mm * scan.columns / columns;
  scan.columns = columns;
  scan.slices = slices;
  scan.noise = 3;
  auto made = make_phantom("head", scan);
  BOOST_REQUIRE(made);
  return std::move(*made);
}

series_image opened(const part10_file& file) {
  auto image = series_image::open(blob{file});
  BOOST_REQUIRE_MESSAGE(image, reason_for(image));
  return std::move(*image);
}

void number_value(data_set_writer& out, tag_number tag, const std::string& text) { out.value(tag, vr::DS, text); }

/// Writes an item with one functional group of one number.
template <class Fill>
void group(data_set_writer& out, tag_number tag, Fill fill) {
  const auto sequence = out.begin_sequence(tag);
  const auto item = out.begin_item();
  fill();
  out.end(item);
  out.end(sequence);
}

/// Returns an Enhanced CT of 2 frames of 2 × 2 pixels with a slope and a position of their own.
part10_file enhanced() {
  data_set_writer out{false};
  out.value(0x00080016, vr::UI, "1.2.840.10008.5.1.4.1.1.2.1");
  out.value(0x00080018, vr::UI, "1.2.3.4");
  out.value(0x00080060, vr::CS, "CT");
  out.number16(0x00280002, 1);
  out.value(0x00280004, vr::CS, "MONOCHROME2");
  out.value(0x00280008, vr::IS, "2");
  out.number16(0x00280010, 2);
  out.number16(0x00280011, 2);
  out.number16(0x00280100, 16);
  out.number16(0x00280101, 12);
  out.number16(0x00280102, 11);
  out.number16(0x00280103, 0);
  const auto shared = out.begin_sequence(0x52009229);
  const auto shared_item = out.begin_item();
  group(out, 0x00209116, [&] { number_value(out, 0x00200037, "1\\0\\0\\0\\1\\0"); });
  group(out, 0x00289110, [&] {
    number_value(out, 0x00180050, "3");
    number_value(out, 0x00280030, "0.5\\0.25");
  });
  out.end(shared_item);
  out.end(shared);
  const auto frames = out.begin_sequence(0x52009230);
  for (const auto* frame : {"1", "2"}) {
    const auto item = out.begin_item();
    group(out, 0x00209113, [&] { number_value(out, 0x00200032, std::string{"10\\20\\"} + frame); });
    group(out, 0x00289145, [&] {
      number_value(out, 0x00281052, "-1000");
      number_value(out, 0x00281053, frame);
    });
    out.end(item);
  }
  out.end(frames);
  out.value(tags::pixel_data, vr::OW, {"\1\0\2\0\3\0\4\0\5\0\6\0\7\0\10\0", 16});
  auto file = part10_preamble("1.2.840.10008.5.1.4.1.1.2.1", "1.2.3.4", "1.2.840.10008.1.2.1", {});
  const auto data_set = out.take();
  file.insert(file.end(), data_set.begin(), data_set.end());
  return file;
}

} // namespace

BOOST_AUTO_TEST_SUITE(series_images)

BOOST_AUTO_TEST_CASE(a_written_slice_is_read_as_it_was) {
  const auto made = small_head();
  const auto series = series_like(made.traits);
  const auto image = opened(file_of(series, made.slices[1], 1));
  BOOST_TEST(image.frames() == 1U);
  const auto read = image.read(0);
  BOOST_REQUIRE(read);
  BOOST_TEST(read->sop_instance_uid == uid_of(series, 1));
  BOOST_TEST((read->values == made.slices[1].values));
  BOOST_TEST(read->rescaled);
  BOOST_REQUIRE(read->geometry);
  BOOST_TEST(distance_of(read->geometry->position, made.slices[1].geometry->position) < 1e-6);
  BOOST_TEST(read->geometry->column_spacing == made.slices[1].geometry->column_spacing,
             boost::test_tools::tolerance(1e-9));
  const auto traits = image.traits();
  BOOST_TEST(traits.modality == "CT");
  BOOST_TEST(traits.body_part == "HEAD");
  BOOST_TEST(traits.image_type.size() == 3U);
  BOOST_TEST(traits.kvp.value_or(0) == 120);
  BOOST_TEST(image.station() == "PHANTOM");
}

BOOST_AUTO_TEST_CASE(every_lossless_transfer_syntax_gives_the_same_values) {
  const auto made = small_head();
  const auto file = file_of(series_like(made.traits), made.slices[1], 1);
  for (const auto* syntax :
       {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.70",
        "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.201"}) {
    const auto written = transcode(memory_source(blob{file}), syntax);
    BOOST_REQUIRE_MESSAGE(written, syntax);
    auto image = series_image::open(*written);
    BOOST_REQUIRE_MESSAGE(image, syntax << reason_for(image));
    const auto read = image->read(0);
    BOOST_REQUIRE_MESSAGE(read, syntax);
    BOOST_TEST((read->values == made.slices[1].values), syntax);
  }
}

BOOST_AUTO_TEST_CASE(frames_have_their_own_place_and_slope) {
  const auto image = opened(enhanced());
  BOOST_TEST(image.frames() == 2U);
  const auto first = image.read(0);
  const auto second = image.read(1);
  BOOST_REQUIRE(first && second);
  BOOST_TEST((first->values == std::vector<float>{-999, -998, -997, -996}));
  BOOST_TEST((second->values == std::vector<float>{-990, -988, -986, -984}));
  BOOST_REQUIRE(first->geometry && second->geometry);
  BOOST_TEST(first->geometry->position[2] == 1);
  BOOST_TEST(second->geometry->position[2] == 2);
  BOOST_TEST(second->geometry->row_spacing == 0.5);
  BOOST_TEST(second->frame == 2U);
  BOOST_TEST(first->rescaled);
  BOOST_TEST(image.traits().slice_thickness.value_or(0) == 3);
}

BOOST_AUTO_TEST_CASE(what_is_no_image_is_an_error_that_says_so) {
  BOOST_TEST(!series_image::open(blob{part10_file(1000, 'x')}));
  auto file = file_of(series_like(small_head().traits), small_head().slices[0], 0);
  file.resize(file.size() - 100);
  const auto image = opened(file);
  const auto read = image.read(0);
  BOOST_REQUIRE(!read);
  BOOST_TEST(reason_of(read.error()).find("frame 1 of instance 1.2.3.1.1") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
