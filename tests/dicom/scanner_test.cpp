#include "dicom/scanner.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/scan.hpp"

#include <boost/test/unit_test.hpp>
#include <zlib.h>

#include <string>
#include <vector>

using namespace noctis;
using namespace noctis::test;

namespace {

std::vector<uint8_t> deflated(const std::vector<uint8_t>& bytes) {
  z_stream z{};
  BOOST_REQUIRE_EQUAL(deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::vector<uint8_t> out(deflateBound(&z, bytes.size()));
  z.next_in = const_cast<Bytef*>(bytes.data());
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = out.data();
  z.avail_out = static_cast<uInt>(out.size());
  BOOST_REQUIRE_EQUAL(deflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

data_set_builder nested(size_t depth, bool defined) {
  data_set_builder b;
  if (defined) {
    // From the inside out: each level adds an item header and a sequence header around what it holds.
    std::vector<uint32_t> lengths{0};
    for (size_t i = 0; i < depth; ++i) lengths.push_back(lengths.back() + 8 + 12);
    for (size_t i = depth; i > 0; --i) b.head(0x00081140, "SQ", lengths[i] - 12).item(lengths[i - 1]);
    return b;
  }
  for (size_t i = 0; i < depth; ++i) b.head(0x00081140, "SQ", undefined_length).item();
  for (size_t i = 0; i < depth; ++i) b.end_item().end_sequence();
  return b;
}

const std::string sentence_of(const caf::error& err) { return reason_of(err); }

} // namespace

BOOST_AUTO_TEST_SUITE(scanner)

BOOST_AUTO_TEST_CASE(an_empty_data_set_is_a_data_set) { BOOST_TEST((code_of_scan(explicit_little, {}) == errc::none)); }

BOOST_AUTO_TEST_CASE(a_transfer_syntax_that_is_no_uid_is_refused) {
  for (const auto* uid : {"", "explicit", "1..2", "../1.2"})
    BOOST_TEST((code_of_scan(uid, {}) == errc::unsupported_transfer_syntax), uid);
}

BOOST_AUTO_TEST_CASE(an_unknown_transfer_syntax_is_read_as_explicit_little_endian) {
  const auto b = data_set_builder{}.identity();
  for (const auto* uid : {"1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.203", "1.3.6.1.4.1.5962.300.1"}) {
    header_scanner scanner{uid};
    BOOST_TEST(!scan(scanner, b.data(), b.size()));
    BOOST_TEST(scanner.kept().size() == 4u);
  }
}

BOOST_AUTO_TEST_CASE(kept_values_and_pixel_data_are_found_in_every_encoding) {
  for (const auto* uid : {implicit_little, explicit_little, explicit_big}) {
    data_set_builder b{uid};
    b.identity().number16(0x00280010, 512);
    const auto header = b.size();
    b.text(0x7FE00010, "OW", "12345678");
    for (const size_t step : {0, 1, 3, 7}) {
      header_scanner scanner{uid};
      BOOST_TEST(!scan(scanner, b.data(), b.size(), step));
      BOOST_REQUIRE(scanner.find(0x00280010));
      BOOST_TEST(scanner.find(0x00280010)->bytes.size() == 2u);
      BOOST_TEST(scanner.find(0x00280010)->big_endian == (uid == std::string{explicit_big}));
      BOOST_TEST(scanner.has_pixel_data());
      BOOST_TEST(scanner.pixel_data_offset().value_or(0) == header);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_deflated_data_set_is_inflated_and_has_no_pixel_data_offset) {
  const auto bytes = deflated(data_set_builder{}.identity().text(0x7FE00010, "OW", "12345678").bytes());
  for (const size_t step : {0, 1, 5}) {
    header_scanner scanner{deflated_little};
    BOOST_TEST(!scan(scanner, bytes.data(), bytes.size(), step));
    BOOST_TEST(scanner.kept().size() == 4u);
    BOOST_TEST(scanner.has_pixel_data());
    BOOST_TEST(!scanner.pixel_data_offset());
  }
  auto cut = bytes;
  cut.pop_back();
  BOOST_TEST((code_of_scan(deflated_little, cut) == errc::truncated_data_set));
  auto padded = bytes;
  padded.push_back(0);
  BOOST_TEST((code_of_scan(deflated_little, padded) == errc::none));
  padded.resize(padded.size() + 100);
  BOOST_TEST((code_of_scan(deflated_little, padded) == errc::malformed_data_set));
  BOOST_TEST((code_of_scan(deflated_little, {0xFF, 0xFF, 0xFF, 0xFF}) == errc::malformed_data_set));
}

BOOST_AUTO_TEST_CASE(a_deflate_bomb_meets_the_limits_of_size_and_ratio) {
  auto b = data_set_builder{};
  b.head(0x7FE00010, "OW", 32u << 20);
  auto bytes = b.bytes();
  bytes.resize(bytes.size() + (size_t{32} << 20));
  const auto bomb = deflated(bytes);
  const auto scan_with = [&bomb](scan_limits limits) {
    header_scanner scanner{deflated_little, header_tags(), limits};
    return code_of(scan(scanner, bomb.data(), bomb.size()));
  };
  BOOST_TEST((scan_with({}) == errc::none));
  scan_limits small;
  small.inflated = 16u << 20;
  BOOST_TEST((scan_with(small) == errc::limit_exceeded));
  scan_limits steep;
  steep.inflate_ratio = 100;
  steep.inflate_ratio_from = 1u << 20;
  BOOST_TEST((scan_with(steep) == errc::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(five_thousand_sequences_deep_are_refused) {
  for (const bool defined : {false, true}) {
    BOOST_TEST((code_of_scan(explicit_little, nested(64, defined).bytes()) == errc::none));
    BOOST_TEST((code_of_scan(explicit_little, nested(65, defined).bytes()) == errc::limit_exceeded));
    BOOST_TEST((code_of_scan(explicit_little, nested(5000, defined).bytes()) == errc::limit_exceeded));
  }
}

BOOST_AUTO_TEST_CASE(an_element_longer_than_its_item_is_malformed) {
  const auto b = data_set_builder{}.head(0x00081140, "SQ", 24).item(16).text(0x00081150, "UI", "1.2.3.4.55");
  const auto err = scan(explicit_little, b.bytes());
  BOOST_TEST((code_of(err) == errc::malformed_data_set));
  BOOST_TEST(sentence_of(err).find("ReferencedSOPClassUID (0008,1150) at byte 20 declares 10 bytes") == 0u,
             sentence_of(err));
}

BOOST_AUTO_TEST_CASE(an_item_of_undefined_length_stays_within_its_sequence_of_defined_length) {
  const auto b = data_set_builder{}.head(0x00081140, "SQ", 16).item().text(0x00081150, "UI", "1.2.3.4.5.6.");
  BOOST_TEST((code_of_scan(explicit_little, b.bytes()) == errc::malformed_data_set));
}

BOOST_AUTO_TEST_CASE(pixel_data_shorter_than_declared_is_truncated) {
  const auto b = data_set_builder{}.head(0x7FE00010, "OW", 100).raw("1234567890");
  const auto err = scan(explicit_little, b.bytes());
  BOOST_TEST((code_of(err) == errc::truncated_data_set));
  BOOST_TEST(sentence_of(err) ==
             "PixelData (7FE0,0010) at byte 0 declares 100 bytes, but the data set ends after 10 of them");
}

BOOST_AUTO_TEST_CASE(a_data_set_cut_anywhere_but_between_its_elements_is_no_success) {
  data_set_builder b;
  b.identity();
  std::vector<size_t> between{0};
  for (const char* text : {"A", "B"}) {
    b.text(0x00181030, "LO", std::string(4, text[0]));
    between.push_back(b.size());
  }
  b.head(0x00400275, "SQ", undefined_length).item().text(0x00400007, "LO", "step").end_item();
  b.item(12).text(0x00400007, "LO", "step").end_sequence();
  between.push_back(b.size());
  b.head(0x00400555, "SQ", 20).item(12).text(0x00400007, "LO", "step");
  between.push_back(b.size());
  b.head(0x7FE00010, "OB", undefined_length).item(0).item(4).raw("\xFF\xD8\xFF\xD9").end_sequence();
  const size_t identity = data_set_builder{}.identity().size();
  for (size_t size = identity + 1; size < b.size(); ++size) {
    const bool at_end_of_element = std::find(between.begin(), between.end(), size) != between.end();
    const auto code = code_of_scan(jpeg_baseline, {b.bytes().begin(), b.bytes().begin() + static_cast<long>(size)});
    BOOST_TEST((code == (at_end_of_element ? errc::none : errc::truncated_data_set)), "cut after " << size);
  }
  BOOST_TEST((code_of_scan(jpeg_baseline, b.bytes()) == errc::none));
}

BOOST_AUTO_TEST_CASE(fragments_are_walked_by_their_length) {
  const auto b = data_set_builder{}
                     .head(0x7FE00010, "OB", undefined_length)
                     .item(0)
                     .item(8)
                     .end_sequence() // these bytes are the fragment
                     .end_sequence();
  BOOST_TEST((code_of_scan(jpeg_baseline, b.bytes()) == errc::none));
  const auto undefined = data_set_builder{}.head(0x7FE00010, "OB", undefined_length).item().end_sequence();
  BOOST_TEST((code_of_scan(jpeg_baseline, undefined.bytes()) == errc::malformed_data_set));
}

BOOST_AUTO_TEST_CASE(un_of_undefined_length_is_a_sequence_in_implicit_vr) {
  data_set_builder inside{implicit_little};
  inside.item().text(0x00091002, "", "value ").end_item().end_sequence();
  auto b = data_set_builder{}.head(0x00091001, "UN", undefined_length);
  b.raw({reinterpret_cast<const char*>(inside.data()), inside.size()}).text(0x00100020, "LO", "P1");
  header_scanner scanner{explicit_little};
  BOOST_TEST(!scan(scanner, b.data(), b.size()));
  BOOST_TEST(scanner.find(0x00100020));
}

BOOST_AUTO_TEST_CASE(what_real_devices_write_is_accepted) {
  const auto accepted = [](const data_set_builder& b, const char* uid = explicit_little) {
    return code_of_scan(uid, b.bytes()) == errc::none;
  };
  BOOST_TEST(accepted(data_set_builder{}.text(0x00100020, "LO", "P1").text(0x00080060, "CS", "CT")), "out of order");
  BOOST_TEST(accepted(data_set_builder{}.text(0x00020010, "UI", "1.2 ")), "group 0002");
  BOOST_TEST(accepted(data_set_builder{}.text(0x00100020, "LO", "P12")), "odd length");
  BOOST_TEST(accepted(data_set_builder{}.text(0x00100020, "LO", "P12").raw({"\0", 1})), "a pad byte not counted");
  BOOST_TEST(accepted(data_set_builder{}.text(0xFFFCFFFC, "OB", "padding ")), "trailing padding");
  BOOST_TEST(accepted(data_set_builder{}.text(0x00100020, "??", "P1")), "no VR of the standard");
  BOOST_TEST(accepted(data_set_builder{}.text(0x00100020, "XX", "P123456")), "unknown VR, 16-bit length");
  BOOST_TEST(accepted(data_set_builder{}.tag(0x00100020).raw("XX").u16(0).u32(2).raw("P1")),
             "unknown VR, 32-bit length");
  BOOST_TEST(accepted(data_set_builder{}.tag(0x00091001).u32(6).raw("value ")), "implicit VR amid explicit");
  BOOST_TEST(accepted(data_set_builder{}.head(0x00081140, "SQ", 8).end_sequence()), "needless delimiter");
  BOOST_TEST(
      accepted(data_set_builder{}.head(0x00081140, "SQ", 0).head(0x00081140, "SQ", undefined_length).end_sequence()),
      "empty sequences");
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_malformed) {
  const auto refused = [](const data_set_builder& b) {
    return code_of_scan(explicit_little, b.bytes()) == errc::malformed_data_set;
  };
  BOOST_TEST(refused(data_set_builder{}.item(0)), "an item outside of a sequence");
  BOOST_TEST(refused(data_set_builder{}.tag(0xFFFE1234).u32(0)), "a delimiter that is none");
  BOOST_TEST(refused(data_set_builder{}.head(0x00081140, "SQ", undefined_length).text(0x00100020, "LO", "P1")),
             "an element where an item belongs");
  BOOST_TEST(refused(data_set_builder{}.tag(0x00109999).raw("UT").u16(0).u32(undefined_length)),
             "text of undefined length");
  BOOST_TEST(refused(data_set_builder{}.head(0x00081140, "SQ", 12).item(0).raw("1234").end_sequence()),
             "bytes left over in a sequence");
}

BOOST_AUTO_TEST_CASE(kept_values_are_bounded) {
  const auto long_value = data_set_builder{}.tag(0x00100020).raw("UT").u16(0).u32(65537).raw(std::string(65537, 'x'));
  for (const size_t step : {0, 1000})
    BOOST_TEST((code_of_scan(explicit_little, long_value.bytes(), step) == errc::limit_exceeded));
  scan_limits limits;
  limits.kept_total = 20;
  header_scanner scanner{explicit_little, header_tags(), limits};
  const auto b = data_set_builder{}.identity();
  BOOST_TEST((code_of(scan(scanner, b.data(), b.size())) == errc::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(the_count_of_elements_is_bounded) {
  data_set_builder b;
  b.head(0x00081140, "SQ", undefined_length);
  for (int i = 0; i < 1000; ++i) b.item(0);
  b.end_sequence();
  scan_limits limits;
  limits.elements = 500;
  header_scanner scanner{explicit_little, header_tags(), limits};
  BOOST_TEST((code_of(scan(scanner, b.data(), b.size())) == errc::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(of_a_tag_that_stands_twice_the_first_value_is_kept) {
  const auto b = data_set_builder{}.text(0x00100020, "LO", "first ").text(0x00100020, "LO", "second");
  header_scanner scanner{explicit_little};
  BOOST_TEST(!scan(scanner, b.data(), b.size()));
  BOOST_TEST(scanner.find(0x00100020)->bytes == "first ");
}

BOOST_AUTO_TEST_CASE(attributes_in_sequences_are_not_those_of_the_data_set) {
  const auto b = data_set_builder{}
                     .head(0x00101002, "SQ", undefined_length)
                     .item()
                     .text(0x00100020, "LO", "other ")
                     .end_item()
                     .end_sequence();
  header_scanner scanner{explicit_little};
  BOOST_TEST(!scan(scanner, b.data(), b.size()));
  BOOST_TEST(!scanner.find(0x00100020));
}

BOOST_AUTO_TEST_CASE(an_object_of_gigabytes_passes_in_pieces) {
  constexpr uint32_t pixels = 0x80000000;
  constexpr size_t piece = size_t{4} << 20;
  const auto b = data_set_builder{}.identity().head(0x7FE00010, "OW", pixels);
  const std::vector<uint8_t> zeros(piece);
  header_scanner scanner{explicit_little};
  BOOST_TEST(!scanner.feed(b.data(), b.size()));
  for (size_t left = pixels; left > 0; left -= piece) BOOST_REQUIRE(!scanner.feed(zeros.data(), piece));
  BOOST_TEST(!scanner.finish());
  BOOST_TEST(scanner.kept().size() == 4u);
}

BOOST_AUTO_TEST_CASE(an_error_stays) {
  header_scanner scanner{explicit_little};
  const auto bad = data_set_builder{}.item(0);
  const auto good = data_set_builder{}.identity();
  BOOST_TEST((code_of(scanner.feed(bad.data(), bad.size())) == errc::malformed_data_set));
  BOOST_TEST((code_of(scanner.feed(good.data(), good.size())) == errc::malformed_data_set));
  BOOST_TEST((code_of(scanner.finish()) == errc::malformed_data_set));
}

BOOST_AUTO_TEST_SUITE_END()
