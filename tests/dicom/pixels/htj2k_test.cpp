#include "dicom/byte_order.hpp"
#include "dicom/pixels/transcode.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/pixels/test_images.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <openjpeg.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace {

constexpr const char* htj2k_rpcl = "1.2.840.10008.1.2.4.202";

/// A picture like those of patients: smooth things with edges, and little noise.
blob phantom(const pixel_format& format) {
  blob::buffer bytes(format.frame_bytes());
  uint32_t noise = 1;
  for (uint32_t y = 0; y < format.rows; ++y) {
    for (uint32_t x = 0; x < format.columns; ++x) {
      const auto dx = (x - format.columns / 2.0) / format.columns;
      const auto dy = (y - format.rows / 2.0) / format.rows;
      const auto radius = std::sqrt(dx * dx + dy * dy);
      noise = noise * 1664525U + 1013904223U;
      auto value = 24 + (noise >> 27);
      if (radius < 0.4) value += static_cast<uint32_t>(1000 + 800 * std::cos(9 * dx) * std::cos(7 * dy));
      if (radius > 0.36 && radius < 0.4) value += 1500;
      const auto at = (size_t{y} * format.columns + x) * 2;
      bytes[at] = static_cast<uint8_t>(value);
      bytes[at + 1] = static_cast<uint8_t>(value >> 8);
    }
  }
  return blob{std::move(bytes)};
}

struct memory {
  const uint8_t* data;
  size_t size;
  size_t at = 0;
};

/// Decodes `codestream`, which may be cut, with `discard` resolutions less; nothing where it can't. A decoder of
/// others, as the codestream is for decoders of others.
std::vector<int32_t> decode_reduced(const uint8_t* data, size_t size, uint32_t discard) {
  memory bytes{data, size};
  std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)> stream{opj_stream_create(4096, OPJ_TRUE),
                                                                      opj_stream_destroy};
  opj_stream_set_user_data(stream.get(), &bytes, nullptr);
  opj_stream_set_user_data_length(stream.get(), size);
  opj_stream_set_read_function(stream.get(), [](void* to, OPJ_SIZE_T wanted, void* self) -> OPJ_SIZE_T {
    auto& from = *static_cast<memory*>(self);
    const auto count = std::min<size_t>(wanted, from.size - from.at);
    if (count == 0) return static_cast<OPJ_SIZE_T>(-1);
    std::memcpy(to, from.data + from.at, count);
    from.at += count;
    return count;
  });
  opj_stream_set_skip_function(stream.get(), [](OPJ_OFF_T count, void* self) -> OPJ_OFF_T {
    auto& from = *static_cast<memory*>(self);
    from.at = std::min(from.size, from.at + static_cast<size_t>(count));
    return count;
  });
  std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)> decoder{opj_create_decompress(OPJ_CODEC_J2K),
                                                                     opj_destroy_codec};
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  parameters.cp_reduce = discard;
  opj_setup_decoder(decoder.get(), &parameters);
  opj_decoder_set_strict_mode(decoder.get(), OPJ_FALSE);
  opj_image_t* read = nullptr;
  const bool begun = opj_read_header(stream.get(), decoder.get(), &read);
  std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)> image{read, opj_image_destroy};
  if (!begun || !opj_decode(decoder.get(), stream.get(), image.get())) return {};
  const auto& component = image->comps[0];
  return {component.data, component.data + size_t{component.w} * component.h};
}

} // namespace

BOOST_AUTO_TEST_SUITE(htj2k)

BOOST_AUTO_TEST_CASE(the_first_tenth_of_a_frame_is_a_small_picture) {
  auto format = make_format(12, false);
  format.rows = format.columns = 512;
  const auto frame = phantom(format);
  const auto coded = encode_frame(frame, make_description(format, explicit_little), htj2k_rpcl);
  BOOST_REQUIRE_EQUAL(reason_for(coded), "");
  const auto whole = decode_reduced(coded->data(), coded->size(), 3);
  const auto tenth = decode_reduced(coded->data(), coded->size() / 10, 3);
  BOOST_REQUIRE_EQUAL(whole.size(), 64U * 64U);
  BOOST_TEST((tenth == whole));
  // And it is the picture: each pixel near the mean of the 64 that it stands for.
  double difference = 0;
  for (size_t y = 0; y < 64; ++y) {
    for (size_t x = 0; x < 64; ++x) {
      double mean = 0;
      for (size_t i = 0; i < 64; ++i)
        mean += read_u16(frame.data() + ((y * 8 + i / 8) * 512 + x * 8 + i % 8) * 2, false) / 64.0;
      difference += std::abs(mean - tenth[y * 64 + x]) / 4096;
    }
  }
  BOOST_TEST(difference < 100.0); // of values up to 3300, edges and all
}

BOOST_AUTO_TEST_CASE(the_codestream_says_how_it_is_ordered_and_how_long_it_is) {
  for (const auto& [edge, levels] : {std::pair<uint32_t, int>{64, 0}, {65, 1}, {512, 3}, {2500, 6}}) {
    auto format = make_format(12, false);
    format.rows = format.columns = edge;
    const auto coded = encode_frame(phantom(format), make_description(format, explicit_little), htj2k_rpcl);
    BOOST_REQUIRE_EQUAL(reason_for(coded), "");
    const auto* bytes = coded->data();
    size_t at = 2;
    bool has_lengths = false;
    while (read_u16(bytes + at, true) != 0xFF90) { // SOT
      const auto marker = read_u16(bytes + at, true);
      if (marker == 0xFF52) {                // COD
        BOOST_TEST(int{bytes[at + 5]} == 2); // RPCL
        BOOST_TEST(int{bytes[at + 9]} == levels);
      }
      if (marker == 0xFF55) { // TLM: the length of the one tile-part, to the end of codestream marker
        has_lengths = true;
        const auto tile_part = coded->size() - 2 - (at + 2 + read_u16(bytes + at + 2, true));
        BOOST_TEST(read_u32(bytes + at + 6, true) == tile_part);
      }
      at += 2 + size_t{read_u16(bytes + at + 2, true)};
    }
    BOOST_TEST(has_lengths);
  }
}

BOOST_AUTO_TEST_SUITE_END()
