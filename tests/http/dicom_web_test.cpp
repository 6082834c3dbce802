#include "http/multipart.hpp"
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
  BOOST_TEST(http.Get(path, {{"Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.90"}})->status == 406);
  BOOST_TEST(http.Get("/dicom-web/studies/1.2.4")->status == 404);
  BOOST_TEST(http.Get("/dicom-web/studies/abc")->status == 400);
  BOOST_TEST(client().Get(path)->status == 401);
}

BOOST_AUTO_TEST_CASE(a_failure_in_the_middle_ends_the_connection) {
  for (int i = 1; i <= 3; ++i) add_image(i, part10(1000, i));
  known->files.erase("f2");
  BOOST_TEST(!user().Get("/dicom-web/studies/1.2.3"));
}

BOOST_AUTO_TEST_SUITE_END()
