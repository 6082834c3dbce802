#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;
using noctis::test::part10;

namespace {

constexpr auto path = "/dicom/api/images/1/file/";

/// An explicit little endian element of a short form.
std::string element(uint16_t group, uint16_t number, const char* vr, std::string value) {
  if (value.size() % 2 == 1) value += vr[0] == 'U' && vr[1] == 'I' ? '\0' : ' ';
  std::string bytes;
  for (const auto word : {group, number}) bytes.append({static_cast<char>(word & 255u), static_cast<char>(word >> 8u)});
  bytes += vr;
  bytes.append({static_cast<char>(value.size() & 255u), static_cast<char>(value.size() >> 8u)});
  return bytes + value;
}

std::string small_image() {
  return std::string(128, '\0') + "DICM" + element(2, 0x10, "UI", "1.2.840.10008.1.2.1") +
         element(8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.2") + element(8, 0x18, "UI", "1.2.3.4.1") +
         element(0x10, 0x10, "PN", "Doe^Jane") + element(0x28, 0x10, "US", std::string("\x02\x00", 2)) +
         element(0x28, 0x1050, "DS", "40") + element(0x28, 0x1051, "DS", "400");
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(file, facade_fixture)

BOOST_AUTO_TEST_CASE(a_file_comes_back_byte_for_byte) {
  for (const size_t size : {size_t{133}, size_t{1} << 20, (size_t{1} << 20) + 1, (size_t{5} << 20) + 77}) {
    known->images.clear();
    const auto bytes = part10(size);
    add_image(1, bytes);
    const auto answer = user().Get(path);
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 200);
    BOOST_TEST((answer->body == bytes));
    BOOST_TEST(answer->get_header_value("Content-Length") == std::to_string(size));
    BOOST_TEST(answer->get_header_value("Content-Disposition") == "attachment; filename=\"1.2.3.4.1.dcm\"");
    BOOST_TEST(answer->get_header_value("Content-Type") == "application/dicom");
    BOOST_TEST(answer->get_header_value("ETag") == "\"" + test::checksum(bytes) + "\"");
  }
  BOOST_TEST(known->largest_piece <= (size_t{1} << 20));
}

BOOST_AUTO_TEST_CASE(ranges_and_conditions_are_honoured) {
  const auto bytes = part10(3000000);
  add_image(1, bytes);
  auto http = user();
  const auto get = [&](httplib::Headers headers) { return http.Get(path, headers); };
  const auto tag = "\"" + test::checksum(bytes) + "\"";
  const auto part = get({{"Range", "bytes=100-1999999"}});
  BOOST_TEST(part->status == 206);
  BOOST_TEST((part->body == bytes.substr(100, 1999900)));
  BOOST_TEST(part->get_header_value("Content-Range") == "bytes 100-1999999/3000000");
  BOOST_TEST((get({{"Range", "bytes=-5"}})->body == bytes.substr(2999995)));
  BOOST_TEST(get({{"Range", "bytes=0-1,5-6"}})->status == 200);
  const auto beyond = get({{"Range", "bytes=3000000-"}});
  BOOST_TEST(beyond->status == 416);
  BOOST_TEST(beyond->get_header_value("Content-Range") == "bytes */3000000");
  BOOST_TEST(get({{"If-None-Match", tag}})->status == 304);
  BOOST_TEST(get({{"If-None-Match", "\"x\", W/" + tag}})->status == 304);
  BOOST_TEST(get({{"If-None-Match", "\"x\""}})->status == 200);
  BOOST_TEST(get({{"If-Range", tag}, {"Range", "bytes=0-0"}})->status == 206);
  BOOST_TEST(get({{"If-Range", "\"x\""}, {"Range", "bytes=0-0"}})->status == 200);
  const auto head = http.Head(path);
  BOOST_TEST(head->status == 200);
  BOOST_TEST(head->get_header_value("Content-Length") == "3000000");
  BOOST_TEST(http.Get("/api/studies/", {{"Range", "bytes=0-1"}})->status == 200);
}

BOOST_AUTO_TEST_CASE(another_copy_stands_in_for_one_that_is_gone_or_wrong) {
  const auto bytes = part10(700000);
  add_image(1, bytes);
  auto& copies = known->images[0].locations;
  copies.insert(copies.begin(), 2, copies[0]);
  copies[0].path = "gone";
  copies[1].path = "rotten";
  known->files["rotten"] = part10(700000, 2);
  copies.insert(copies.begin(), copies[0]);
  copies[0].node = "no such node";
  BOOST_TEST((user().Get(path)->body == bytes));
}

BOOST_AUTO_TEST_CASE(wrong_bytes_never_pass_for_the_file) {
  auto http = user();
  add_image(1, part10(700000));
  known->files["f1"][200] ^= 1;
  const auto small = http.Get(path);
  BOOST_TEST(small->status == 500);
  BOOST_TEST(small->body.find("checksum") == std::string::npos);
  known->images.clear();
  add_image(1, part10(5000000));
  known->files["f1"][200] ^= 1;
  BOOST_TEST(!http.Get(path), "the last piece of a large file is held back");
  known->files["f1"].resize(4000000);
  BOOST_TEST(!http.Get(path), "a short file");
  known->files.clear();
  BOOST_TEST(http.Get(path)->status == 500);
  known->images[0].locations.clear();
  BOOST_TEST(http.Get(path)->status == 503);
}

BOOST_AUTO_TEST_CASE(metadata_describes_the_header) {
  add_image(1, small_image());
  const auto answer = user().Get("/dicom/api/images/1.2.3.4.1/metadata/");
  BOOST_TEST(answer->status == 200, answer->body);
  const auto got = json(answer);
  BOOST_TEST(got["metadata"]["patient"]["patient_name"].GetString() == "Doe^Jane");
  BOOST_TEST(got["metadata"]["image"]["rows"].GetInt() == 2);
  BOOST_TEST(got["metadata"]["display"]["window_center"].GetDouble() == 40);
  BOOST_TEST(user().Get("/dicom/api/images/9/metadata/")->status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
