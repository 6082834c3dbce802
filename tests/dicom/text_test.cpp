#include "dicom/text.hpp"
#include "dicom/uid.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace noctis;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(uids_are_digits_and_single_dots) {
  for (const auto uid : {"1"sv, "1.2.840.10008.1.1"sv, "2.25.0"sv, "1.02"sv}) BOOST_TEST(valid_uid(uid), uid);
  for (const auto uid :
       {""sv, "."sv, "1."sv, ".1"sv, "1..2"sv, "1.2 "sv, "../../etc"sv, "1.2\0"sv, "1.a"sv, "<b>1</b>"sv, "1.2\n"sv})
    BOOST_TEST(!valid_uid(uid), uid);
  BOOST_TEST(valid_uid(std::string(64, '1')));
  BOOST_TEST(!valid_uid(std::string(65, '1')));
}

BOOST_AUTO_TEST_CASE(dates_are_real_days) {
  BOOST_TEST(normalized_date("20240229") == "20240229");
  BOOST_TEST(normalized_date("1997.04.24") == "19970424");
  BOOST_TEST(normalized_date("1997-04-24 ") == "19970424");
  for (const auto* bad : {"", "20230229", "20241301", "00000000", "2024", "2024013", "20240131-", "abcdefgh"})
    BOOST_TEST(normalized_date(bad).empty(), bad);
}

BOOST_AUTO_TEST_CASE(times_are_six_digits_and_a_fraction) {
  BOOST_TEST(normalized_time("102030") == "102030");
  BOOST_TEST(normalized_time("10:20:30") == "102030");
  BOOST_TEST(normalized_time("10:20") == "102000");
  BOOST_TEST(normalized_time("10") == "100000");
  BOOST_TEST(normalized_time("102030.12345678 ") == "102030.123456");
  BOOST_TEST(normalized_time("235960") == "235959");
  for (const auto* bad : {"", "24", "1", "1060", "10203", "1020.5", "10:20:3", "102030.x", "noon"})
    BOOST_TEST(normalized_time(bad).empty(), bad);
}

BOOST_AUTO_TEST_CASE(integers_are_read_as_devices_write_them) {
  BOOST_TEST(parse_integer(" 12 ").value_or(0) == 12);
  BOOST_TEST(parse_integer("+7").value_or(0) == 7);
  BOOST_TEST(parse_integer("-3\\4").value_or(0) == -3);
  BOOST_TEST(parse_integer("12.000").value_or(0) == 12);
  for (const auto* bad : {"", " ", "x", "1.5", "2147483648", "1e3"}) BOOST_TEST(!parse_integer(bad), bad);
}

BOOST_AUTO_TEST_CASE(what_a_sentence_quotes_is_short_and_printable) {
  BOOST_TEST(shown("1.2") == "\"1.2\"");
  BOOST_TEST(shown("a\0\"<\n"sv) == "\"a\\x00\\x22<\\x0A\"");
  BOOST_TEST(shown(std::string(5000, 'x')).size() < 100u);
}

BOOST_AUTO_TEST_CASE(control_characters_disappear) {
  BOOST_TEST(without_controls("a\0b\x1B\r\n\x7F\xC2\x85z"sv) == "abz");
  BOOST_TEST(without_controls("\xC3\xA9\xC2\xA0") == "\xC3\xA9\xC2\xA0");
}

BOOST_AUTO_TEST_CASE(text_is_cut_between_characters) {
  BOOST_TEST(cut("ab\xC3\xA9", 3) == "ab");
  BOOST_TEST(cut("ab\xC3\xA9", 4) == "ab\xC3\xA9");
}

BOOST_AUTO_TEST_SUITE_END()
