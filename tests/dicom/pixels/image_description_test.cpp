#include "dicom/pixels/image_description.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/pixels/test_images.hpp"
#include "tests/printing.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace {

image_description describe(const pixel_format& format, const data_set_builder& attributes, uint32_t frames = 1) {
  const std::vector<blob> pixels(frames, make_frame(format));
  const auto file = image_writer{format, explicit_little, frames}.attributes(attributes.bytes()).native(pixels).file();
  auto result = describe_image(memory_source(file));
  BOOST_REQUIRE_EQUAL(reason_for(result), "");
  return *result;
}

data_set_builder& sequence(data_set_builder& set, tag_number tag) {
  return set.head(tag, "SQ", undefined_length).item();
}

/// LUT Descriptor and LUT Data.
data_set_builder& table(data_set_builder& set, uint16_t first, uint16_t bits, const std::vector<uint16_t>& entries) {
  set.head(0x00283002, "US", 6).u16(static_cast<uint32_t>(entries.size())).u16(first).u16(bits);
  set.head(0x00283006, "OW", static_cast<uint32_t>(entries.size() * 2));
  for (const auto entry : entries) set.u16(entry);
  return set;
}

} // namespace

BOOST_AUTO_TEST_SUITE(descriptions)

BOOST_AUTO_TEST_CASE(windows_and_rescale_are_read) {
  data_set_builder set;
  set.text(0x00281050, "DS", "40\\-600 ").text(0x00281051, "DS", "400\\1500");
  set.text(0x00281052, "DS", "-1024 ").text(0x00281053, "DS", "2 ").text(0x00281054, "LO", "HU");
  set.text(0x00281055, "LO", "SOFT\\LUNG ").text(0x00281056, "CS", "SIGMOID ");
  const auto image = describe(make_format(12, false), set);
  BOOST_TEST(image.values.slope == 2);
  BOOST_TEST(image.values.intercept == -1024);
  BOOST_TEST(image.values.rescale_type == "HU");
  BOOST_REQUIRE_EQUAL(image.values.windows.size(), 2U);
  const auto& lung = image.values.windows[1];
  BOOST_TEST(lung.centre == -600);
  BOOST_TEST(lung.width == 1500);
  BOOST_TEST(lung.explanation == "LUNG");
  BOOST_TEST((lung.function == window_function::sigmoid));
}

BOOST_AUTO_TEST_CASE(impossible_windows_and_slopes_are_left_out) {
  data_set_builder set;
  set.text(0x00281050, "DS", "40\\0\\x ").text(0x00281051, "DS", "0\\300 ").text(0x00281052, "DS", "5 ");
  set.text(0x00281053, "DS", "0 ");
  const auto image = describe(make_format(12, false), set);
  BOOST_REQUIRE_EQUAL(image.values.windows.size(), 1U);
  BOOST_TEST(image.values.windows[0].width == 300);
  BOOST_TEST(image.values.slope == 1);
  BOOST_TEST(image.values.intercept == 5);
}

BOOST_AUTO_TEST_CASE(lookup_tables_are_read) {
  data_set_builder set;
  table(sequence(set, 0x00283000), 0xFFFE, 12, {1, 2, 3}).end_item().end_sequence();
  table(sequence(set, 0x00283010), 7, 16, {0, 65535}).end_item().end_sequence();
  const auto image = describe(make_format(12, true), set);
  BOOST_REQUIRE(image.values.modality_lut);
  BOOST_TEST(image.values.modality_lut->first == -2); // the image is signed
  BOOST_TEST(image.values.modality_lut->bits == 12);
  BOOST_TEST((image.values.modality_lut->entries == std::vector<uint16_t>{1, 2, 3}));
  BOOST_REQUIRE_EQUAL(image.values.voi_luts.size(), 1U);
  BOOST_TEST(image.values.voi_luts[0].first == 7);
}

BOOST_AUTO_TEST_CASE(frames_have_transforms_of_their_own) {
  data_set_builder set;
  const auto window = [&set](std::string_view centre, std::string_view width) {
    sequence(set, 0x00289132).text(0x00281050, "DS", centre).text(0x00281051, "DS", width).end_item().end_sequence();
  };
  sequence(set, 0x52009229); // shared: rescale
  sequence(set, 0x00289145).text(0x00281052, "DS", "-10 ").text(0x00281053, "DS", "1 ").end_item().end_sequence();
  set.end_item().end_sequence();
  sequence(set, 0x52009230); // per frame: windows
  window("10", "20");
  set.end_item().item();
  window("30", "40");
  set.end_item().end_sequence();
  const auto image = describe(make_format(12, false), set, 2);
  BOOST_REQUIRE_EQUAL(image.frame_values.size(), 2U);
  BOOST_TEST(image.values_of(0).windows.at(0).centre == 10);
  BOOST_TEST(image.values_of(1).windows.at(0).centre == 30);
  BOOST_TEST(image.values_of(1).intercept == -10);
}

BOOST_AUTO_TEST_CASE(segments_of_a_palette_are_expanded) {
  auto format = make_format(8, false);
  format.interpretation = photometric::palette_color;
  data_set_builder set;
  for (const tag_number colour : {0U, 1U, 2U}) set.head(0x00281101 + colour, "US", 6).u16(8).u16(0).u16(16);
  // Two entries as they are, three on a line to 4000; then those two again, and one more.
  const std::vector<uint32_t> words{0, 2, 500, 1000, 1, 3, 4000, 2, 1, 0, 0, 0, 1, 9};
  for (const tag_number colour : {0U, 1U, 2U}) {
    set.head(0x00281221 + colour, "OW", static_cast<uint32_t>(words.size() * 2));
    for (const auto word : words) set.u16(word);
  }
  const auto image = describe(format, set);
  const std::vector<uint16_t> expected{500, 1000, 2000, 3000, 4000, 500, 1000, 9};
  BOOST_TEST((image.palette[0].entries == expected));
  BOOST_TEST((image.palette[2].entries == expected));
}

BOOST_AUTO_TEST_CASE(tables_of_bytes_are_widened) {
  auto format = make_format(8, false);
  format.interpretation = photometric::palette_color;
  data_set_builder set;
  for (const tag_number colour : {0U, 1U, 2U}) set.head(0x00281101 + colour, "US", 6).u16(4).u16(0).u16(8);
  for (const tag_number colour : {0U, 1U, 2U})
    set.text(0x00281201 + colour, "OW", std::string_view{"\x01\x02\x03\xFF", 4});
  const auto image = describe(format, set);
  BOOST_TEST((image.palette[1].entries == std::vector<uint16_t>{0x0101, 0x0202, 0x0303, 0xFFFF}));
}

BOOST_AUTO_TEST_CASE(padding_shape_and_captions_are_read) {
  data_set_builder set;
  set.text(0x00080005, "CS", "ISO_IR 100")
      .text(0x00081030, "LO",
            "Sch\xE4"
            "del ");
  set.text(0x00280034, "IS", "3\\2 ").head(0x00280120, "SS", 2).u16(0xF830);
  const auto image = describe(make_format(16, true), set);
  BOOST_TEST(image.padding_value.value_or(0) == -2000);
  BOOST_TEST(image.pixel_height == 3);
  BOOST_TEST(image.pixel_width == 2);
  BOOST_TEST(image.captions.study_description == "Schädel");
  BOOST_TEST(image.captions.patient_name == "Muster^Max");
  BOOST_TEST(image.captions.patient_id == "4711");
}

BOOST_AUTO_TEST_CASE(a_data_set_without_pixels_is_no_image) {
  const auto file = image_writer{make_format(8, false)}.file();
  BOOST_TEST(code_for(describe_image(memory_source(file))) == errc::not_found);
}

BOOST_AUTO_TEST_SUITE_END()
