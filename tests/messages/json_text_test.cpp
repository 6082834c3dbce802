#include "messages/json_text.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace noctis;

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_is_marked) {
  BOOST_TEST(valid_utf8("山田 \xF0\x9F\x98\x80") == "山田 \xF0\x9F\x98\x80");
  BOOST_TEST(valid_utf8("a\xFF"
                        "b") == "a\xEF\xBF\xBD"
                                "b");
  BOOST_TEST(valid_utf8("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  BOOST_TEST(valid_utf8("\xC0\xAF") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  BOOST_TEST(valid_utf8("\xE5\xB1") == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(a_document_is_written_member_by_member) {
  json_text json;
  json.begin_object();
  json.field("text", "a\"\n\xFF");
  json.field("lists", std::vector<std::vector<double>>{{1, 2.5}, {}});
  json.field("known", caf::optional<int32_t>{7});
  json.field("unknown", caf::optional<int32_t>{});
  json.field("endless", std::numeric_limits<double>::infinity());
  json.field("large", std::numeric_limits<uint64_t>::max());
  json.field("flag", true);
  json.key("inner");
  json.raw(R"({"a":[1]})");
  json.end_object();
  const auto document = json.take();
  BOOST_TEST(document == "{\"text\":\"a\\\"\\n\xEF\xBF\xBD\",\"lists\":[[1.0,2.5],[]],\"known\":7,\"unknown\":null,"
                         "\"endless\":null,\"large\":18446744073709551615,\"flag\":true,\"inner\":{\"a\":[1]}}");
  rapidjson::Document parsed;
  parsed.Parse(document.data(), document.size());
  BOOST_TEST(json_of(parsed) == document);
}

BOOST_AUTO_TEST_CASE(a_list_becomes_an_array_of_objects) {
  json_text json;
  json.begin_object();
  json.objects("some", std::vector<int>{1, 2}, [&](int one) { json.field("n", one); });
  json.objects("none", std::vector<int>{}, [&](int one) { json.field("n", one); });
  json.end_object();
  BOOST_TEST(json.take() == R"({"some":[{"n":1},{"n":2}],"none":[]})");
}

BOOST_AUTO_TEST_SUITE_END()
