#include "http/files/deflate.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace noctis;

namespace {

std::string inflated(const deflated& piece) {
  std::string text;
  BOOST_TEST(inflate_text(piece, [&](std::string_view bytes) {
    text += bytes;
    return true;
  }));
  return text;
}

/// What any gzip reader makes of `bytes`, checksum and length included.
std::string gunzipped(const std::string& bytes) {
  z_stream stream{};
  BOOST_REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string text(size_t{4} << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  BOOST_TEST(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  BOOST_TEST(stream.avail_in == 0u);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(deflate_pieces)

BOOST_AUTO_TEST_CASE(a_piece_gives_its_text_back) {
  for (const auto& text : {std::string(), std::string("x"), std::string(1000000, 'y')})
    BOOST_TEST(inflated(deflate_text(text)) == text);
}

BOOST_AUTO_TEST_CASE(pieces_in_a_row_are_one_gzip_member) {
  gzip_frame frame;
  auto bytes = gzip_frame::head();
  std::string text;
  for (const auto& part :
       {std::string("["), std::string(300000, 'a'), std::string(","), std::string(), std::string("]")}) {
    const auto piece = deflate_text(part);
    frame.add(piece);
    bytes += piece.bytes;
    text += part;
  }
  BOOST_TEST(gunzipped(bytes + frame.tail()) == text);
}

BOOST_AUTO_TEST_CASE(a_text_may_come_bit_by_bit) {
  text_deflater compressor;
  std::string text;
  for (int i = 0; i < 10000; ++i) {
    const auto bit = std::to_string(i);
    compressor.add(bit);
    text += bit;
  }
  BOOST_TEST(inflated(compressor.finish()) == text);
}

BOOST_AUTO_TEST_CASE(damage_is_noticed) {
  auto piece = deflate_text(std::string(100000, 'z') + "end");
  const auto take = [](std::string_view) { return true; };
  piece.bytes.resize(piece.bytes.size() / 2);
  BOOST_TEST(!inflate_text(piece, take));
  BOOST_TEST(!inflate_text({"garbage", 0, 10}, take));
}

BOOST_AUTO_TEST_CASE(who_takes_gzip_says_so) {
  BOOST_TEST(accepts_gzip("gzip, deflate, br"));
  BOOST_TEST(accepts_gzip("br;q=1, GZIP;q=0.2"));
  BOOST_TEST(!accepts_gzip(""));
  BOOST_TEST(!accepts_gzip("identity"));
  BOOST_TEST(!accepts_gzip("gzip;q=0"));
}

BOOST_AUTO_TEST_SUITE_END()
