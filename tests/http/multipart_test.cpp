#include "http/request/multipart.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace noctis;

namespace {

struct gathered {
  std::vector<std::pair<part_head, std::string>> parts;
  size_t ended = 0;

  multipart_parser parser(const std::string& boundary = "b") {
    return {boundary,
            {[this](const part_head& head) {
               parts.emplace_back(head, "");
               return true;
             },
             [this](const char* data, size_t size) {
               parts.back().second.append(data, size);
               return true;
             },
             [this] {
               ++ended;
               return true;
             }}};
  }
};

const std::string form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"x\\\".dcm\"\r\n"
                         "Content-Type: application/dicom\r\n\r\none\r\n--bb\r\n--\r\n--b \t\r\n\r\n\r\n--b\r\n"
                         "content-disposition:form-data;name=note\r\n\r\n--b--\r\nepilogue";

void check_form(const gathered& got) {
  BOOST_REQUIRE_EQUAL(got.parts.size(), 3u);
  BOOST_TEST(got.ended == 3u);
  BOOST_TEST(got.parts[0].first.name == "file");
  BOOST_TEST(got.parts[0].first.filename == "a \"x\".dcm");
  BOOST_TEST(got.parts[0].first.headers.at("content-type") == "application/dicom");
  BOOST_TEST(got.parts[0].second == "one");
  BOOST_TEST(got.parts[1].second == "");
  BOOST_TEST(got.parts[2].first.name == "note");
  BOOST_TEST(got.parts[2].second == "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(multipart)

BOOST_AUTO_TEST_CASE(a_boundary_that_is_the_start_of_a_line_is_an_error_in_the_line) {
  gathered got;
  auto parser = got.parser();
  BOOST_TEST(!parser.feed(form.data(), form.size()));
  BOOST_TEST(!parser.error().empty());
}

BOOST_AUTO_TEST_CASE(parts_come_out_whole_however_the_bytes_are_cut) {
  auto body = form;
  body.replace(body.find("\r\n--bb\r\n--"), 10, "\r\n-- b\r\n--");
  for (size_t cut = 1; cut <= body.size(); ++cut) {
    gathered got;
    auto parser = got.parser();
    for (size_t at = 0; at < body.size(); at += cut)
      BOOST_REQUIRE(parser.feed(body.data() + at, std::min(cut, body.size() - at)));
    BOOST_TEST(parser.complete());
    BOOST_REQUIRE_EQUAL(got.parts.size(), 3u);
    BOOST_TEST(got.parts[0].second == "one\r\n-- b\r\n--");
    got.parts[0].second = "one";
    check_form(got);
  }
}

BOOST_AUTO_TEST_CASE(binary_content_that_looks_like_boundaries_stays_as_it_is) {
  const std::string content("\r\n\r\n--\r\n-\r\n--\0b\r\r\n\r", 19);
  const auto body = "preamble\r\n--b\r\n\r\n" + content + "\r\n--b--";
  gathered got;
  auto parser = got.parser();
  for (const auto c : body) BOOST_REQUIRE(parser.feed(&c, 1));
  BOOST_TEST(parser.complete());
  BOOST_REQUIRE_EQUAL(got.parts.size(), 1u);
  BOOST_TEST(got.parts[0].second == content);
}

BOOST_AUTO_TEST_CASE(a_missing_closing_boundary_leaves_the_part_open) {
  const std::string body = "--b\r\n\r\nabc\r\n--";
  gathered got;
  auto parser = got.parser();
  BOOST_TEST(parser.feed(body.data(), body.size()));
  BOOST_TEST(!parser.complete());
  BOOST_TEST(got.ended == 0u);
}

BOOST_AUTO_TEST_CASE(headers_without_end_are_refused) {
  const std::string body = "--b\r\nX: " + std::string(multipart_parser::largest_head, 'x');
  gathered got;
  auto parser = got.parser();
  BOOST_TEST(!parser.feed(body.data(), body.size()));
  BOOST_TEST(parser.error().find("headers") != std::string::npos);
  BOOST_TEST(!parser.feed("\r\n", 2));
}

BOOST_AUTO_TEST_CASE(a_body_without_its_boundary_is_refused) {
  const std::string body(multipart_parser::largest_head + 10, 'x');
  gathered got;
  auto parser = got.parser();
  BOOST_TEST(!parser.feed(body.data(), body.size()));
}

BOOST_AUTO_TEST_CASE(boundaries_are_read_as_rfc_2046_allows) {
  BOOST_TEST(multipart_boundary("multipart/form-data; boundary=abc") == "abc");
  BOOST_TEST(multipart_boundary("Multipart/Related; type=\"application/dicom\"; boundary=\"a b;c\"") == "");
  BOOST_TEST(multipart_boundary("multipart/related; boundary=\"a b=c\"; x=y") == "a b=c");
  BOOST_TEST(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')) == "");
  BOOST_TEST(multipart_boundary("multipart/form-data") == "");
  BOOST_TEST(multipart_boundary("application/json; boundary=a") == "");
  BOOST_TEST(header_parameter("form-data; filename=\"a;b\"; name=x", "name") == "x");
  BOOST_TEST(new_boundary() != new_boundary());
}

BOOST_AUTO_TEST_SUITE_END()
