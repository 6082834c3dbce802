#include "dicom/part10.hpp"
#include "dicom/pixels/deflate.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/transcode.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/pixels/test_images.hpp"
#include "tests/printing.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace {

constexpr const char* jpeg_ls = "1.2.840.10008.1.2.4.80";

/// Three coded frames of different lengths, each beginning with the start of a codestream.
struct coded_frames {
  pixel_format format = make_format(12, false);
  std::vector<blob> frames;

  coded_frames() {
    for (const uint32_t seed : {1, 2, 3}) {
      auto coded = encode_frame(make_frame(format, seed), make_description(format, explicit_little), jpeg_ls);
      BOOST_REQUIRE_EQUAL(reason_for(coded), "");
      blob::buffer even{coded->data(), coded->data() + coded->size()};
      if (even.size() % 2) even.push_back(0);
      frames.emplace_back(std::move(even));
    }
  }

  /// The frames in fragments of `size` bytes.
  [[nodiscard]] std::vector<blob> fragments(size_t size) const {
    std::vector<blob> result;
    for (const auto& frame : frames) {
      for (auto& piece : pieces_of(frame, size)) result.push_back(std::move(piece));
    }
    return result;
  }

  /// Where each frame begins when it comes in fragments of `size` bytes.
  [[nodiscard]] std::vector<uint32_t> offsets(size_t size) const {
    std::vector<uint32_t> result;
    size_t at = 0;
    for (const auto& frame : frames) {
      result.push_back(static_cast<uint32_t>(at));
      at += frame.size() + (frame.size() + size - 1) / size * 8;
    }
    return result;
  }

  [[nodiscard]] image_writer writer() const { return image_writer{format, jpeg_ls, 3}; }

  void check(const blob& file) const {
    const auto image = open_image(memory_source(file));
    BOOST_REQUIRE_EQUAL(reason_for(image), "");
    BOOST_REQUIRE_EQUAL(image->frames.frame_count, 3U);
    for (size_t i = 0; i < 3; ++i) {
      const auto frame = image->frame(i);
      BOOST_REQUIRE_EQUAL(reason_for(frame), "");
      BOOST_TEST((*frame == frames[i]), "frame " << i + 1);
    }
  }
};

constexpr size_t whole = size_t{1} << 20;

data_set_builder extended_table(const std::vector<uint32_t>& offsets) {
  data_set_builder set;
  set.tag(0x7FE00001).raw("OV").u16(0).u32(static_cast<uint32_t>(offsets.size() * 8));
  for (const auto offset : offsets) set.u32(offset).u32(0);
  return set;
}

/// A source that counts what is read from it.
struct counted_source {
  byte_source inner;
  uint64_t bytes = 0;

  byte_source get() {
    return {inner.size, [this](uint64_t offset, uint64_t length) {
              bytes += length;
              return inner.read(offset, length);
            }};
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(frames)

BOOST_FIXTURE_TEST_CASE(a_frame_is_a_fragment_where_no_table_says_otherwise, coded_frames) {
  check(writer().fragments({}, fragments(whole)).file());
}

BOOST_FIXTURE_TEST_CASE(a_basic_offset_table_tells_where_frames_begin, coded_frames) {
  check(writer().fragments(offsets(whole), fragments(whole)).file());
  check(writer().fragments(offsets(500), fragments(500)).file());
}

BOOST_FIXTURE_TEST_CASE(an_extended_offset_table_tells_where_frames_begin, coded_frames) {
  const auto table = extended_table(offsets(500));
  check(writer().attributes(table.bytes()).fragments({}, fragments(500)).file());
}

BOOST_FIXTURE_TEST_CASE(without_a_table_frames_begin_with_a_codestream, coded_frames) {
  check(writer().fragments({}, fragments(500)).file());
}

BOOST_FIXTURE_TEST_CASE(a_table_that_does_not_fit_the_fragments_is_not_believed, coded_frames) {
  auto shifted = offsets(500);
  shifted[1] += 2;
  check(writer().fragments(shifted, fragments(500)).file());
  check(writer().fragments({0, 0, 0}, fragments(500)).file());
  check(writer().fragments({0, 0xFFFFFFF0, 4}, fragments(500)).file());
  check(writer().fragments({0}, fragments(500)).file());
  const auto table = extended_table(shifted);
  check(writer().attributes(table.bytes()).fragments(offsets(500), fragments(500)).file());
}

BOOST_FIXTURE_TEST_CASE(a_single_frame_may_have_any_number_of_fragments, coded_frames) {
  const auto image =
      open_image(memory_source(image_writer{format, jpeg_ls}.fragments({}, pieces_of(frames[0], 64)).file()));
  BOOST_REQUIRE_EQUAL(reason_for(image), "");
  BOOST_TEST(image->frames.frame_count == 1U);
  BOOST_TEST((*image->frame(0) == frames[0]));
}

BOOST_FIXTURE_TEST_CASE(a_cut_file_keeps_the_frames_before_the_cut, coded_frames) {
  auto bytes = writer().fragments({}, fragments(whole)).bytes();
  bytes.resize(bytes.size() - 20);
  const auto image = open_image(memory_source(blob{bytes}));
  BOOST_REQUIRE_EQUAL(reason_for(image), "");
  BOOST_TEST((*image->frame(1) == frames[1]));
  BOOST_TEST(code_for(image->frame(2)) == errc::truncated_data_set);
  BOOST_TEST(reason_for(image->frame(2)) == "the file ends before frame 3 of 3");
  BOOST_TEST(reason_for(image->frame(7)) == "the image has no frame 8 of 3");
}

BOOST_FIXTURE_TEST_CASE(what_is_no_fragment_is_named_with_its_place, coded_frames) {
  auto bytes = writer().fragments({}, fragments(whole)).bytes();
  const auto end = bytes.size() - 8;
  bytes[end] = 0x12;
  const auto image = open_image(memory_source(blob{bytes}));
  BOOST_TEST(code_for(image) == errc::malformed_data_set);
  BOOST_TEST(reason_for(image) == "no fragment of Pixel Data stands at byte " + std::to_string(end));
}

BOOST_AUTO_TEST_CASE(finding_frames_reads_no_pixels) {
  auto format = make_format(16, false);
  format.rows = format.columns = 600;
  const std::vector<blob> frames(5, blob{blob::buffer(600 * 600)});
  counted_source source{memory_source(image_writer{format, jpeg_ls, 5}.fragments({}, frames).file())};
  const auto counted = source.get();
  BOOST_REQUIRE_EQUAL(reason_for(open_image(counted)), "");
  BOOST_TEST(source.bytes < 100'000U);
  BOOST_TEST(counted.size > 1'800'000U);
}

BOOST_AUTO_TEST_CASE(native_frames_follow_each_other) {
  for (const uint16_t bits : {8, 16}) {
    const auto format = make_format(bits, false);
    const std::vector<blob> frames{make_frame(format, 1), make_frame(format, 2), make_frame(format, 3)};
    const auto image = open_image(memory_source(image_writer{format, explicit_little, 3}.native(frames).file()));
    BOOST_REQUIRE_EQUAL(reason_for(image), "");
    for (size_t i = 0; i < 3; ++i) BOOST_TEST((*image->frame(i) == frames[i]));
  }
}

BOOST_AUTO_TEST_CASE(frames_of_single_bits_begin_anywhere_in_a_byte) {
  pixel_format format;
  format.rows = 3;
  format.columns = 5; // 15 bits
  format.interpretation = photometric::monochrome2;
  format.bits_allocated = format.bits_stored = 1;
  // Frame 1: all set; frame 2: none; frame 3: the first and the last.
  const blob pixels{blob::buffer{0xFF, 0x7F, 0x00, 0x40, 0x00, 0x10}};
  const auto image = open_image(memory_source(image_writer{format, explicit_little, 3}.native({pixels}).file()));
  BOOST_REQUIRE_EQUAL(reason_for(image), "");
  BOOST_TEST((*image->frame(0) == blob{blob::buffer{0xFF, 0x7F}}));
  BOOST_TEST((*image->frame(1) == blob{blob::buffer{0x00, 0x00}}));
  BOOST_TEST((*image->frame(2) == blob{blob::buffer{0x01, 0x40}}));
}

BOOST_AUTO_TEST_CASE(a_deflated_image_is_inflated) {
  const auto format = make_format(12, true);
  const auto frame = make_frame(format);
  const auto plain = image_writer{format}.native({frame}).bytes();
  const auto meta = read_part10_meta(plain.data(), plain.size(), true)->meta;
  auto file = part10_preamble(meta.sop_class_uid, meta.sop_instance_uid, deflated_little, {});
  const auto start = plain.begin() + static_cast<ptrdiff_t>(meta.data_set_offset);
  BOOST_REQUIRE(!append_deflated({start, plain.end()}, file));
  const auto image = open_image(memory_source(blob{file}));
  BOOST_REQUIRE_EQUAL(reason_for(image), "");
  BOOST_TEST(image->description.transfer_syntax_uid == explicit_little);
  BOOST_TEST((*image->frame(0) == frame));
  BOOST_TEST(code_for(plain_source(memory_source(blob{file}), 1000)) == errc::limit_exceeded);
}

BOOST_AUTO_TEST_SUITE_END()
