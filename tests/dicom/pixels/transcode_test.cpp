#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/pixels/test_images.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/printing.hpp"
#include "tests/results.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace data = boost::unit_test::data;

namespace {

constexpr const char* baseline = "1.2.840.10008.1.2.4.50";
constexpr const char* jpeg_2000 = "1.2.840.10008.1.2.4.90";
constexpr const char* htj2k = "1.2.840.10008.1.2.4.201";
constexpr const char* rle = "1.2.840.10008.1.2.5";
const char* const lossless[]{
    explicit_little,           implicit_little,          deflated_little, rle,
    "1.2.840.10008.1.2.4.70",  "1.2.840.10008.1.2.4.80", jpeg_2000,       htj2k,
    "1.2.840.10008.1.2.4.202",
};

/// The samples of all frames, and what they are.
std::pair<std::vector<blob>, image_description> samples_of(const blob& file) {
  const auto image = open_image(memory_source(file));
  BOOST_REQUIRE_EQUAL(reason_for(image), "");
  std::vector<blob> result;
  for (uint32_t i = 0; i < image->description.frames; ++i) {
    const auto stored = image->frame(i);
    BOOST_REQUIRE_EQUAL(reason_for(stored), "");
    const auto decoded = decode_frame(*stored, image->description);
    BOOST_REQUIRE_EQUAL(reason_for(decoded), "");
    result.push_back(*decoded);
  }
  return {result, decoded_description(image->description)};
}

blob transcoded(const blob& file, const std::string& to) {
  auto result = transcode(memory_source(file), to);
  BOOST_REQUIRE_EQUAL(reason_for(result), "");
  return *result;
}

attribute_set attributes_of(const blob& file) {
  const auto plain = plain_source(memory_source(file));
  BOOST_REQUIRE_EQUAL(reason_for(plain), "");
  auto header = read_image_header(*plain);
  BOOST_REQUIRE_EQUAL(reason_for(header), "");
  return std::move(header->attributes);
}

void check_lossless(const blob& file, const std::string& to) {
  const auto [before, described] = samples_of(file);
  const auto [after, now] = samples_of(transcoded(file, to));
  BOOST_TEST((before == after));
  BOOST_TEST((to_string(described.format.interpretation) == to_string(now.format.interpretation)));
}

} // namespace

BOOST_AUTO_TEST_SUITE(transcoding)

BOOST_DATA_TEST_CASE(a_file_of_many_frames_keeps_every_sample, data::make(lossless), to) {
  for (const uint16_t samples : {1, 3}) {
    const auto format = make_format(samples == 1 ? 12 : 8, false, samples);
    const std::vector<blob> frames{make_frame(format, 1), make_frame(format, 2), make_frame(format, 3)};
    const auto native = image_writer{format, explicit_little, 3}.native(frames).file();
    const auto coded = transcoded(native, to);
    BOOST_TEST((samples_of(coded).first == frames));
    // And from there to everything else.
    for (const std::string next : {explicit_little, rle, jpeg_2000, htj2k}) check_lossless(coded, next);
  }
}

BOOST_AUTO_TEST_CASE(the_header_says_how_colours_are_coded) {
  const auto format = make_format(8, false, 3);
  const auto native = image_writer{format}.native({make_frame(format)}).file();
  const auto check = [&](const std::string& to, const std::string& interpretation, double planar) {
    const auto header = attributes_of(transcoded(native, to));
    BOOST_TEST(header.text(0x00280004) == interpretation, to);
    BOOST_TEST(header.number(0x00280006).value_or(-1) == planar, to);
    BOOST_TEST(header.text(0x00080018) == "1.2.3.4", to);
    BOOST_TEST(header.text(0x00282110) == "", to);
  };
  check(rle, "RGB", 1);
  check("1.2.840.10008.1.2.4.70", "RGB", 0);
  check("1.2.840.10008.1.2.4.80", "RGB", 0);
  check(jpeg_2000, "YBR_RCT", 0);
  check(htj2k, "YBR_RCT", 0);
  const auto back = attributes_of(transcoded(transcoded(native, jpeg_2000), explicit_little));
  BOOST_TEST(back.text(0x00280004) == "RGB");
}

BOOST_AUTO_TEST_CASE(the_new_offset_table_is_right) {
  const auto format = make_format(12, false);
  const auto native = image_writer{format, explicit_little, 2}.native({make_frame(format, 1), make_frame(format, 2)});
  const auto coded = transcoded(native.file(), "1.2.840.10008.1.2.4.80");
  const auto image = open_image(memory_source(coded));
  BOOST_REQUIRE_EQUAL(reason_for(image), "");
  const auto& fragments = image->frames.fragments;
  BOOST_REQUIRE_EQUAL(fragments.size(), 2U);
  // The table stands before the item of the first fragment.
  const auto* table = coded.data() + fragments[0].offset - 16;
  BOOST_TEST(int{table[0]} == 0);
  const auto second = table[4] | table[5] << 8 | table[6] << 16;
  BOOST_TEST(second == static_cast<int>(fragments[1].offset - fragments[0].offset));
}

BOOST_AUTO_TEST_CASE(planar_and_subsampled_native_colours_are_put_pixel_by_pixel) {
  auto format = make_format(8, false, 3);
  const auto frame = make_frame(format);
  blob::buffer planes(frame.size());
  const auto pixels = planes.size() / 3;
  for (size_t i = 0; i < planes.size(); ++i) planes[i % 3 * pixels + i / 3] = frame.data()[i];
  format.planar = true;
  const auto file = image_writer{format}.native({blob{planes}}).file();
  BOOST_TEST((samples_of(file).first.front() == frame));
  BOOST_TEST((samples_of(transcoded(file, rle)).first.front() == frame));

  format.planar = false;
  format.interpretation = photometric::ybr_full_422;
  format.rows = 1;
  format.columns = 4;
  const blob pairs{blob::buffer{1, 2, 3, 4, 5, 6, 7, 8}};
  const auto subsampled = image_writer{format}.native({pairs}).file();
  const blob expected{blob::buffer{1, 3, 4, 2, 3, 4, 5, 7, 8, 6, 7, 8}};
  BOOST_TEST((samples_of(subsampled).first.front() == expected));
  const auto coded = transcoded(subsampled, rle);
  BOOST_TEST((samples_of(coded).first.front() == expected));
  BOOST_TEST(attributes_of(coded).text(0x00280004) == "YBR_FULL");
}

BOOST_AUTO_TEST_CASE(jpeg_baseline_is_another_image_that_says_so) {
  const auto format = make_format(8, false);
  const auto native = image_writer{format}.native({make_frame(format)}).file();
  const auto coded = transcoded(native, baseline);
  const auto header = attributes_of(coded);
  BOOST_TEST(header.text(0x00282110) == "01");
  BOOST_TEST(header.text(0x00080018) != "1.2.3.4");
  const auto before = samples_of(native).first.front();
  const auto after = samples_of(coded).first.front();
  double difference = 0;
  for (size_t i = 0; i < before.size(); ++i) difference += std::abs(before.data()[i] - after.data()[i]);
  BOOST_TEST(difference / static_cast<double>(before.size()) < 4.0);
}

BOOST_AUTO_TEST_CASE(attributes_around_the_pixels_stay) {
  const auto format = make_format(16, true);
  data_set_builder before;
  before.text(0x00280120, "SS", {"\x30\xF8", 2}); // Pixel Padding Value -2000
  data_set_builder behind;
  behind.text(0x7FE10010, "LO", "A MAKER ").text(0x7FE11001, "UN", "private!").text(0xFFFCFFFC, "OB", "pad.");
  const auto frame = make_frame(format);
  auto bytes = image_writer{format}.attributes(before.bytes()).native({frame}).bytes();
  bytes.insert(bytes.end(), behind.bytes().begin(), behind.bytes().end());
  for (const std::string to : {implicit_little, jpeg_2000, deflated_little}) {
    const auto there = transcoded(blob{bytes}, to);
    const auto back = transcoded(there, explicit_little);
    const std::string text{back.data(), back.data() + back.size()};
    BOOST_TEST((text.find("A MAKER ") != std::string::npos), to);
    BOOST_TEST((text.find("private!") != std::string::npos), to);
    BOOST_TEST((text.find("pad.") == std::string::npos), to);
    BOOST_TEST((text.find(std::string{"\x28\x00\x20\x01SS\x02\x00\x30\xF8", 10}) != std::string::npos), to);
    BOOST_TEST((samples_of(back).first.front() == frame), to);
  }
}

BOOST_AUTO_TEST_CASE(what_can_and_what_cannot_be_transcoded) {
  BOOST_TEST(can_transcode(explicit_little, htj2k));
  BOOST_TEST(can_transcode("1.2.840.10008.1.2.4.51", jpeg_2000));
  BOOST_TEST(can_transcode(explicit_big, explicit_little));
  BOOST_TEST(can_transcode("1.2.840.10008.1.2.4.203", rle));
  BOOST_TEST(!can_transcode(explicit_little, explicit_big));
  BOOST_TEST(!can_transcode(explicit_little, "1.2.840.10008.1.2.4.91"));
  BOOST_TEST(!can_transcode("1.2.840.10008.1.2.4.102", explicit_little));
  BOOST_TEST(!can_transcode(explicit_little, "1.2.840.10008.1.2.4.94"));
  BOOST_TEST(!can_transcode(explicit_little, "1.2.3"));
  const auto format = make_format(8, false);
  const auto video = image_writer{format, "1.2.840.10008.1.2.4.102", 9}.fragments({}, {make_frame(format)}).file();
  const auto result = transcode(memory_source(video), explicit_little);
  BOOST_TEST(code_for(result) == errc::unsupported_transfer_syntax);
  BOOST_TEST(reason_for(result) == "pixels can't be transcoded from transfer syntax \"1.2.840.10008.1.2.4.102\" to "
                                   "\"1.2.840.10008.1.2.1\"");
}

BOOST_AUTO_TEST_CASE(a_broken_frame_is_named) {
  const auto format = make_format(8, false);
  const auto good = encode_frame(make_frame(format), make_description(format, explicit_little), rle);
  const auto file = image_writer{format, rle, 2}.fragments({}, {*good, blob{blob::buffer(80)}}).file();
  const auto result = transcode(memory_source(file), explicit_little);
  BOOST_TEST(code_for(result) == errc::malformed_data_set);
  BOOST_TEST(reason_for(result) == "frame 2 of 2: the RLE codestream is broken: 0 segments instead of 1");
}

BOOST_AUTO_TEST_CASE(every_real_file_is_transcoded_or_refused) {
  if (!has_real_data()) return;
  size_t transcoded_files = 0;
  for (const std::string folder : {"orthanc/TransferSyntaxes", "pydicom"}) {
    for (const auto& path : paths_under(folder)) {
      real_file file;
      if (!load(path, file)) continue;
      const blob bytes{file.bytes};
      for (const std::string to : {explicit_little, implicit_little, deflated_little, rle, htj2k}) {
        const auto result = transcode(memory_source(bytes), to);
        if (!result) continue;
        ++transcoded_files;
        const auto before = open_image(memory_source(bytes));
        if (!before || !before->frame(0)) continue;
        BOOST_TEST_CONTEXT(path << " to " << to) {
          const auto first = decode_frame(*before->frame(0), before->description);
          const auto after = samples_of(*result);
          // Native colours keep their form between native transfer syntaxes.
          if (first) BOOST_TEST((after.first.front() == *first));
        }
      }
    }
  }
  BOOST_TEST(transcoded_files > 400U);
}

BOOST_AUTO_TEST_SUITE_END()
