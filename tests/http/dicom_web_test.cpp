#include "http/request/multipart.hpp"
#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using noctis::test::facade_fixture;
using noctis::test::part10;

namespace {

std::vector<std::string> parts_of(const httplib::Result& answer) {
  std::vector<std::string> parts;
  multipart_parser parser(multipart_boundary(answer->get_header_value("Content-Type")),
                          {[&](const part_head& head) {
                             BOOST_TEST(head.headers.at("content-type") ==
                                        "application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
                             parts.emplace_back();
                             return true;
                           },
                           [&](const char* data, size_t size) {
                             parts.back().append(data, size);
                             return true;
                           },
                           [] { return true; }});
  BOOST_TEST(parser.feed(answer->body.data(), answer->body.size()));
  BOOST_TEST(parser.complete());
  return parts;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(dicom_web, facade_fixture)

BOOST_AUTO_TEST_CASE(a_study_comes_as_one_part_for_each_instance) {
  for (int i = 1; i <= 450; ++i) add_image(i, part10(200 + static_cast<size_t>(i), i));
  add_image(451, part10(3000000));
  const auto answer = user().Get("/dicom-web/studies/1.2.3", {{"Range", "bytes=0-9"}});
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->status == 200);
  BOOST_TEST(
      answer->get_header_value("Content-Type").find(R"(multipart/related; type="application/dicom"; boundary=)") == 0u);
  const auto parts = parts_of(answer);
  BOOST_REQUIRE_EQUAL(parts.size(), 451u);
  for (size_t i = 0; i < parts.size(); ++i) BOOST_TEST((parts[i] == known->files["f" + std::to_string(i + 1)]), i);
}

BOOST_AUTO_TEST_CASE(an_instance_comes_with_or_without_parts) {
  add_image(1, part10(1000));
  add_image(2, part10(1000, 2));
  auto http = user();
  const std::string path = "/dicom-web/studies/1.2.3/series/1.2.3.4/instances/1.2.3.4.2";
  BOOST_TEST((parts_of(http.Get(path)) == std::vector<std::string>{part10(1000, 2)}));
  const auto single = http.Get(path, {{"Accept", "application/dicom"}});
  BOOST_TEST((single->body == part10(1000, 2)));
  BOOST_TEST(http.Get("/dicom-web/studies/1.2.3", {{"Accept", "application/dicom"}})->status == 406);
  BOOST_TEST(http.Get(path, {{"Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.100"}})->status == 406);
  BOOST_TEST(http.Get("/dicom-web/studies/1.2.4")->status == 404);
  BOOST_TEST(http.Get("/dicom-web/studies/abc")->status == 400);
  BOOST_TEST(client().Get(path)->status == 401);
}

BOOST_AUTO_TEST_CASE(a_failure_in_the_middle_ends_the_connection) {
  for (int i = 1; i <= 3; ++i) add_image(i, part10(1000, i));
  known->files.erase("f2");
  BOOST_TEST(!user().Get("/dicom-web/studies/1.2.3"));
}

BOOST_AUTO_TEST_CASE(metadata_is_described_once_and_kept) {
  for (int i = 1; i <= 100; ++i) add_image(i, part10(200 + static_cast<size_t>(i), i));
  auto http = user();
  const std::string path = "/dicom-web/studies/1.2.3/series/1.2.3.4/metadata";
  const auto first = http.Get(path);
  BOOST_REQUIRE(first);
  BOOST_TEST(first->status == 200);
  BOOST_TEST(first->get_header_value("Content-Type") == "application/dicom+json");
  const auto documents = json(first);
  BOOST_REQUIRE_EQUAL(documents.Size(), 100u);
  for (rapidjson::SizeType i = 0; i < documents.Size(); ++i) {
    const auto name = "f" + std::to_string(i + 1);
    BOOST_TEST(documents[i]["00080018"]["Value"][0].GetString() == name);
  }
  const std::string uri = documents[4]["7FE00010"]["BulkDataURI"].GetString();
  BOOST_TEST(uri == "http://127.0.0.1:" + std::to_string(port) +
                        "/dicom-web/studies/1.2.3/series/1.2.3.4/instances/1.2.3.4.5/bulkdata/7FE00010");
  const auto described = known->described;
  BOOST_TEST(described >= 100);
  BOOST_TEST(http.Get(path)->body == first->body);
  BOOST_TEST(known->described == described);
  BOOST_TEST(http.Get(path, {{"If-None-Match", first->get_header_value("ETag")}})->status == 304);
  add_image(101, part10(500, 7));
  BOOST_TEST(json(http.Get(path)).Size() == 101u);
}

BOOST_AUTO_TEST_CASE(metadata_needs_no_cache) {
  for (int i = 1; i <= 1200; ++i) add_image(i, part10(200, i));
  known->redis = false;
  auto http = user();
  const auto answer = http.Get("/dicom-web/studies/1.2.3/series/1.2.3.4/metadata");
  BOOST_TEST(json(answer).Size() == 1200u);
  BOOST_TEST(!answer->has_header("ETag"));
}

BOOST_AUTO_TEST_CASE(an_instance_that_cannot_be_described_is_an_error) {
  for (int i = 1; i <= 3; ++i) add_image(i, part10(1000, i));
  known->files.erase("f2");
  BOOST_TEST(user().Get("/dicom-web/studies/1.2.3/series/1.2.3.4/metadata")->status == 500);
  BOOST_TEST(user().Get("/dicom-web/studies/1.2.3/series/1.2.3.4/instances/1.2.3.4.1/metadata")->status == 200);
}

BOOST_AUTO_TEST_CASE(stored_parts_are_answered_one_by_one) {
  auto http = user();
  const auto type = R"(multipart/related; type="application/dicom"; boundary=x)";
  const auto body = "--x\r\nContent-Type: application/dicom\r\n\r\n" + part10(5000) +
                    "\r\n--x\r\nContent-Type: application/dicom\r\n\r\nnothing\r\n--x--\r\n";
  const auto answer = http.Post("/dicom-web/studies", body, type);
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->status == 202);
  const auto response = json(answer);
  BOOST_TEST(response["00081199"]["Value"].Size() == 1u);
  BOOST_TEST(response["0008119A"]["Value"].Size() == 1u);
  BOOST_TEST((known->kept == std::vector<std::string>{part10(5000)}));
  BOOST_TEST(http.Post("/dicom-web/studies", body, "multipart/related")->status == 400);
  BOOST_TEST(http.Post("/dicom-web/studies", body, "text/plain")->status == 415);
  BOOST_TEST(http.Post("/dicom-web/studies", body.substr(0, 100), type)->status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
