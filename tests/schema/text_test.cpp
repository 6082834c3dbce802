#include "schema/array_literal.hpp"
#include "schema/text.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis::schema;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(storable_text_is_valid_utf8_without_nul_and_clipped_by_characters) {
  BOOST_TEST(storable("äöü", 2) == "äö");
  BOOST_TEST(storable(std::string("a\0b", 3), 9) == "ab");
  BOOST_TEST(storable("\xC3", 9) == "\xEF\xBF\xBD");
  BOOST_TEST(storable("\xC0\x80x", 9) == "\xEF\xBF\xBD\xEF\xBF\xBDx");
  BOOST_TEST(storable("\xED\xA0\x80", 1) == "\xEF\xBF\xBD");
  BOOST_TEST(storable("\xF0\x9F\xA6\xB4", 9) == "\xF0\x9F\xA6\xB4");
}

BOOST_AUTO_TEST_CASE(array_literals_quote_every_string) {
  BOOST_TEST(array_literal{}.str() == "{}");
  BOOST_TEST(array_literal{}.add("a\"b").add("c\\d").add("").add("NULL").add_null().str() ==
             R"({"a\"b","c\\d","","NULL",NULL})");
  BOOST_TEST(array_literal{}.add(int64_t{-7}).add(int64_t{8}).str() == "{-7,8}");
}

BOOST_AUTO_TEST_CASE(uids_and_digests_are_told_from_other_text) {
  BOOST_TEST(is_uid("1.2.840"));
  BOOST_TEST(!is_uid(""));
  BOOST_TEST(!is_uid("1.2/3"));
  BOOST_TEST(!is_uid(std::string(65, '1')));
  BOOST_TEST(is_digest(std::string(32, 'f')));
  BOOST_TEST(!is_digest(std::string(32, 'F')));
}

BOOST_AUTO_TEST_SUITE_END()
