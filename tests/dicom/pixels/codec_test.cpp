#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/pixels/test_images.hpp"
#include "tests/dicom/real_files.hpp"
#include "tests/printing.hpp"
#include "tests/results.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <charls/charls.h>

#include <string>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace data = boost::unit_test::data;

namespace {

constexpr const char* explicit_little_uid = "1.2.840.10008.1.2.1";
constexpr const char* rle = "1.2.840.10008.1.2.5";
constexpr const char* htj2k_rpcl = "1.2.840.10008.1.2.4.202";
const char* const lossless[]{
    rle,
    "1.2.840.10008.1.2.4.70",  // JPEG Lossless SV1
    "1.2.840.10008.1.2.4.80",  // JPEG-LS
    "1.2.840.10008.1.2.4.90",  // JPEG 2000
    "1.2.840.10008.1.2.4.201", // HTJ2K
    htj2k_rpcl,
};

void check_round_trip(const pixel_format& format, const std::string& uid, uint32_t seed = 1) {
  BOOST_TEST_CONTEXT(uid << " with " << format.bits_stored << " bits, " << format.samples << " samples, "
                         << format.columns << " columns, " << format.rows << " rows") {
    const auto samples = make_frame(format, seed);
    const auto coded = encode_frame(samples, make_description(format, explicit_little_uid), uid);
    BOOST_REQUIRE_EQUAL(reason_for(coded), "");
    const auto decoded = decode_frame(*coded, make_description(format, uid));
    BOOST_REQUIRE_EQUAL(reason_for(decoded), "");
    BOOST_TEST((*decoded == samples));
  }
}

blob first_frame(const std::filesystem::path& path) {
  const auto image = open_image(memory_source(blob{bytes_of(path)}));
  BOOST_REQUIRE_EQUAL(reason_for(image), "");
  const auto stored = image->frame(0);
  BOOST_REQUIRE_EQUAL(reason_for(stored), "");
  const auto decoded = decode_frame(*stored, image->description);
  BOOST_REQUIRE_MESSAGE(decoded, path << ": " << reason_for(decoded));
  return *decoded;
}

} // namespace

BOOST_AUTO_TEST_SUITE(codecs)

BOOST_DATA_TEST_CASE(lossless_codecs_give_every_sample_back, data::make(lossless), uid) {
  for (const uint16_t bits : {8, 10, 12, 16}) {
    for (const bool is_signed : {false, true}) check_round_trip(make_format(bits, is_signed), uid);
  }
  for (const uint16_t bits : {8, 12, 16}) check_round_trip(make_format(bits, false, 3), uid);
}

BOOST_DATA_TEST_CASE(lossless_codecs_code_pictures_of_any_shape, data::make(lossless), uid) {
  const std::vector<std::pair<uint32_t, uint32_t>> shapes{{1, 1}, {1, 300}, {300, 1}, {2, 3}, {64, 64}, {65, 129}};
  for (const auto& [rows, columns] : shapes) {
    auto format = make_format(12, false);
    format.rows = rows;
    format.columns = columns;
    check_round_trip(format, uid);
  }
}

BOOST_DATA_TEST_CASE(lossless_codecs_keep_bits_beyond_bits_stored, data::make(lossless), uid) {
  for (const bool is_signed : {false, true}) {
    auto format = make_format(16, is_signed);
    const auto samples = make_frame(format);
    format.bits_stored = 10; // the frame has overlays and other things above
    format.high_bit = 9;
    const auto coded = encode_frame(samples, make_description(format, explicit_little_uid), uid);
    BOOST_REQUIRE_EQUAL(reason_for(coded), "");
    const auto decoded = decode_frame(*coded, make_description(format, uid));
    BOOST_REQUIRE_EQUAL(reason_for(decoded), "");
    BOOST_TEST((*decoded == samples));
  }
}

BOOST_AUTO_TEST_CASE(jpeg_ls_may_have_a_scan_for_each_colour) {
  const auto format = make_format(12, false, 3);
  const auto samples = make_frame(format);
  std::vector<uint8_t> planes(samples.size());
  const auto pixels = planes.size() / 6;
  for (size_t i = 0; i < planes.size(); ++i) planes[i / 2 % 3 * pixels * 2 + i / 6 * 2 + i % 2] = samples.data()[i];
  charls::jpegls_encoder encoder;
  encoder.frame_info({format.columns, format.rows, 12, 3}).interleave_mode(charls::interleave_mode::none);
  std::vector<uint8_t> coded(encoder.estimated_destination_size());
  encoder.destination(coded);
  coded.resize(encoder.encode(planes));
  const auto decoded = decode_frame(blob{coded}, make_description(format, "1.2.840.10008.1.2.4.80"));
  BOOST_REQUIRE_EQUAL(reason_for(decoded), "");
  BOOST_TEST((*decoded == samples));
}

BOOST_AUTO_TEST_CASE(rle_holds_samples_of_32_bits) { check_round_trip(make_format(32, false), rle); }

BOOST_AUTO_TEST_CASE(what_a_codec_cannot_hold_is_refused) {
  const auto format = make_format(32, false);
  const auto samples = make_frame(format);
  const auto coded = encode_frame(samples, make_description(format, explicit_little_uid), "1.2.840.10008.1.2.4.80");
  BOOST_TEST(code_for(coded) == errc::unsupported_transfer_syntax);
  BOOST_TEST(reason_for(coded) == "JPEG-LS can't hold samples of 32 bits");
}

BOOST_AUTO_TEST_CASE(every_sample_of_wg04_decodes_to_its_reference) {
  if (!has_real_data()) return;
  size_t compared = 0;
  for (const auto& reference : paths_under("wg04/REF")) {
    const auto stem = reference.filename().string().substr(0, 3);
    const auto expected = first_frame(reference);
    for (const std::string kind : {"RLE", "JPLL", "J2KR", "JLSL"}) {
      const auto path = real_data() / "wg04" / kind / (stem + "_" + kind);
      if (!std::filesystem::exists(path)) continue;
      BOOST_TEST((first_frame(path) == expected), path);
      ++compared;
    }
  }
  BOOST_TEST(compared == 54U);
}

BOOST_AUTO_TEST_CASE(every_sample_of_wg04_survives_every_lossless_target) {
  if (!has_real_data()) return;
  for (const auto& reference : paths_under("wg04/REF")) {
    const auto image = open_image(memory_source(blob{bytes_of(reference)}));
    BOOST_REQUIRE_EQUAL(reason_for(image), "");
    if (image->description.format.frame_bytes() > 1'100'000) continue; // the large ones take long
    const auto samples = first_frame(reference);
    const auto native = decoded_description(image->description);
    for (const std::string uid : lossless) {
      const auto coded = encode_frame(samples, native, uid);
      BOOST_REQUIRE_EQUAL(reason_for(coded), "");
      auto description = native;
      description.transfer_syntax_uid = uid;
      const auto decoded = decode_frame(*coded, description);
      BOOST_REQUIRE_EQUAL(reason_for(decoded), "");
      BOOST_TEST((*decoded == samples), reference << " in " << uid);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
