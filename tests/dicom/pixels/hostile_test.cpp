#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/render.hpp"
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

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <utility>

using namespace noctis;
using namespace noctis::test;

namespace data = boost::unit_test::data;

namespace {

const char* const coded_syntaxes[]{
    "1.2.840.10008.1.2.5",    "1.2.840.10008.1.2.4.50",  "1.2.840.10008.1.2.4.70",  "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202",
};

/// Returns `bytes` with some of them changed, and cut in one of four cases.
blob damaged(const blob& bytes, uint32_t seed) {
  std::mt19937 random{seed};
  blob::buffer result{bytes.data(), bytes.data() + bytes.size()};
  if (random() % 4 == 0) result.resize(random() % result.size() + 1);
  const auto changes = random() % 8 + 1;
  for (uint32_t i = 0; i < changes; ++i) {
    // Half of them in the headers.
    const auto range = random() % 2 ? std::min<size_t>(result.size(), 160) : result.size();
    result[random() % range] = static_cast<uint8_t>(random());
  }
  return blob{std::move(result)};
}

blob coded_frame(const pixel_format& format, const std::string& uid) {
  const auto coded = encode_frame(make_frame(format), make_description(format, explicit_little), uid);
  BOOST_REQUIRE_EQUAL(reason_for(coded), "");
  return *coded;
}

std::chrono::milliseconds time_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_pixels)

BOOST_DATA_TEST_CASE(damaged_codestreams_end_in_an_error_or_a_frame, data::make(coded_syntaxes), uid) {
  for (const uint16_t samples : {1, 3}) {
    const auto format = make_format(8, false, samples);
    const auto coded = coded_frame(format, uid);
    const auto description = make_description(format, uid);
    for (uint32_t seed = 0; seed < 300; ++seed) {
      const auto decoded = decode_frame(damaged(coded, seed), description);
      if (decoded)
        BOOST_REQUIRE_EQUAL(decoded->size(), format.frame_bytes());
      else
        BOOST_REQUIRE(!reason_for(decoded).empty());
    }
  }
}

BOOST_DATA_TEST_CASE(cut_codestreams_are_errors, data::make(coded_syntaxes), uid) {
  const auto format = make_format(8, false);
  const auto coded = coded_frame(format, uid);
  for (size_t length = 0; length < coded.size() * 9 / 10; length += 17) {
    const auto decoded =
        decode_frame(blob{blob::buffer{coded.data(), coded.data() + length}}, make_description(format, uid));
    BOOST_TEST(code_for(decoded) == errc::malformed_data_set, "cut at " << length);
  }
}

BOOST_DATA_TEST_CASE(a_codestream_of_another_size_is_refused, data::make(coded_syntaxes), uid) {
  const auto format = make_format(8, false);
  const auto coded = coded_frame(format, uid);
  auto larger = format;
  larger.columns = 65535;
  larger.rows = 65535; // 4 GiB
  BOOST_TEST(code_for(decode_frame(coded, make_description(larger, uid))) == errc::limit_exceeded);
  larger.columns = 8000;
  larger.rows = 8000;
  const auto took = time_of(
      [&] { BOOST_TEST(code_for(decode_frame(coded, make_description(larger, uid))) == errc::malformed_data_set); });
  BOOST_TEST(took.count() < 1000);
  auto colours = make_format(8, false, 3);
  BOOST_TEST(code_for(decode_frame(coded, make_description(colours, uid))) == errc::malformed_data_set);
}

BOOST_AUTO_TEST_CASE(a_frame_beyond_the_limit_is_refused_before_it_is_allocated) {
  const auto format = make_format(16, false);
  transcode_limits limits;
  limits.frame_bytes = format.frame_bytes() - 1;
  const auto decoded = decode_frame(make_frame(format), make_description(format, explicit_little), limits);
  BOOST_TEST(code_for(decoded) == errc::limit_exceeded);
  const auto file = image_writer{format}.native({make_frame(format)}).file();
  limits = {};
  limits.file_bytes = 1000;
  BOOST_TEST(code_for(transcode(memory_source(file), "1.2.840.10008.1.2.5", limits)) == errc::limit_exceeded);
}

BOOST_AUTO_TEST_CASE(contradictions_in_the_pixel_module_are_named) {
  const auto reason = [](const pixel_format& format) {
    return reason_for(open_image(memory_source(image_writer{format}.native({blob{blob::buffer(8)}}).file())));
  };
  auto format = make_format(12, false);
  format.rows = 0;
  BOOST_TEST(reason(format) == "Rows (0028,0010) is 0");
  format = make_format(12, false);
  format.bits_stored = 17;
  BOOST_TEST(reason(format) == "BitsStored (0028,0101) is 17");
  format = make_format(12, false);
  format.bits_allocated = 12;
  BOOST_TEST(reason(format) == "BitsAllocated (0028,0100) is 12");
  format = make_format(8, false, 3);
  format.interpretation = photometric::monochrome2;
  BOOST_TEST(reason(format) ==
             "SamplesPerPixel (0028,0002) is 3 where PhotometricInterpretation (0028,0004) is MONOCHROME2");
  format = make_format(8, false);
  format.interpretation = photometric::palette_color;
  BOOST_TEST(reason(format) == "Red Palette Color Lookup Table is absent or broken");
}

BOOST_AUTO_TEST_CASE(damaged_real_files_end_in_an_error_or_a_picture) {
  if (!has_real_data()) return;
  size_t shown = 0;
  size_t refused = 0;
  for (const auto& path : paths_under("orthanc/TransferSyntaxes")) {
    const blob bytes{bytes_of(path)};
    for (uint32_t seed = 0; seed < 8; ++seed) {
      const auto file = damaged(bytes, seed);
      ++(thumbnail(memory_source(file), 64) ? shown : refused);
      static_cast<void>(transcode(memory_source(file), "1.2.840.10008.1.2.5"));
    }
  }
  BOOST_TEST(shown > 0U);
  BOOST_TEST(refused > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
