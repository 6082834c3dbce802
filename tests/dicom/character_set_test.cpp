#include "dicom/character_set.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace noctis;
using namespace std::string_view_literals;

namespace {

std::string decode(std::string_view character_set, std::string_view bytes, text_kind kind = text_kind::person_name) {
  return text_decoder{character_set}.decode(bytes, kind);
}

} // namespace

// The examples of PS3.5 annexes H, I, J and K.
BOOST_AUTO_TEST_SUITE(character_sets)

BOOST_AUTO_TEST_CASE(japanese_with_code_extensions) {
  BOOST_TEST(decode("\\ISO 2022 IR 87",
                    "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B=\x1B$B$d$^$@\x1B(B^\x1B$B$?$m$&\x1B(B") ==
             "Yamada^Tarou=山田^太郎=やまだ^たろう");
  BOOST_TEST(
      decode("ISO 2022 IR 13\\ISO 2022 IR 87",
             "\xD4\xCF\xC0\xDE^\xC0\xDB\xB3=\x1B$B;3ED\x1B(J^\x1B$BB@O:\x1B(J=\x1B$B$d$^$@\x1B(J^\x1B$B$?$m$&\x1B(J") ==
      "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
}

BOOST_AUTO_TEST_CASE(korean_with_code_extensions) {
  BOOST_TEST(decode("\\ISO 2022 IR 149",
                    "Hong^Gildong=\x1B$)C\xFB\xF3^\x1B$)C\xD1\xCE\xD4\xD7=\x1B$)C\xC8\xAB^\x1B$)C\xB1\xE6\xB5\xBF") ==
             "Hong^Gildong=洪^吉洞=홍^길동");
}

BOOST_AUTO_TEST_CASE(chinese_in_gb18030_gbk_gb2312_and_utf_8) {
  BOOST_TEST(decode("GB18030", "Wang^XiaoDong=\xCD\xF5^\xD0\xA1\xB6\xAB=") == "Wang^XiaoDong=王^小东=");
  BOOST_TEST(decode("GBK", "\xCD\xF5^\xD0\xA1\xB6\xAB") == "王^小东");
  BOOST_TEST(decode("\\ISO 2022 IR 58", "Zhang^XiaoDong=\x1B$)A\xD5\xC5^\x1B$)A\xD0\xA1\xB6\xAB=") ==
             "Zhang^XiaoDong=张^小东=");
  BOOST_TEST(decode("ISO_IR 192", "Wang^XiaoDong=王^小東=") == "Wang^XiaoDong=王^小東=");
}

BOOST_AUTO_TEST_CASE(a_backslash_inside_a_character_of_two_bytes_divides_nothing) {
  BOOST_TEST(decode("GBK", "\x81\x5C", text_kind::value).find('\\') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(single_byte_character_sets) {
  BOOST_TEST(decode("ISO_IR 100", "Buc^J\xE9r\xF4me") == "Buc^Jérôme");
  BOOST_TEST(decode("ISO_IR 144", "\xBB\xEE\xDA") == "Люк");
  BOOST_TEST(decode("ISO_IR 126", "\xC4\xE9\xEF\xED\xF5\xF3\xE9\xEF\xF2") == "Διονυσιος");
  BOOST_TEST(decode("ISO_IR 127", "\xE2\xC8\xC7\xE6\xEA^\xE4\xE6\xD2\xC7\xD1") == "قباني^لنزار");
  BOOST_TEST(decode("ISO_IR 138", "\xF9\xF8\xE5\xEF^\xE3\xE1\xE5\xF8\xE4") == "שרון^דבורה");
  BOOST_TEST(decode("ISO_IR 203", "\xA4") == "€");
  BOOST_TEST(decode("ISO_IR 166", "\xA1") == "ก");
}

BOOST_AUTO_TEST_CASE(two_single_byte_sets_with_code_extensions) {
  BOOST_TEST(decode("ISO 2022 IR 100\\ISO 2022 IR 144", "\xE9^\x1B-L\xBB^\xE9") == "é^Л^é");
}

BOOST_AUTO_TEST_CASE(misspelled_terms_are_understood) {
  for (const auto term : {"ISO_IR_100"sv, "ISO-IR 100"sv, "ISO IR 100"sv, "ISO 2022 IR 100"sv, " ISO_IR 100 "sv})
    BOOST_TEST(decode(term, "\xE9") == "é", term);
}

BOOST_AUTO_TEST_CASE(text_without_a_character_set_is_utf_8_or_latin_1) {
  BOOST_TEST(decode("", "J\xC3\xA9r") == "Jér");
  BOOST_TEST(decode("", "J\xE9r") == "Jér");
  BOOST_TEST(decode("ISO_IR 6", "J\xE9r") == "Jér");
  BOOST_TEST(decode("nonsense", "J\xE9r") == "Jér");
}

BOOST_AUTO_TEST_CASE(undecodable_bytes_become_replacement_characters) {
  BOOST_TEST(decode("ISO_IR 192", "a\xFF\xFEz") == "a\xEF\xBF\xBD\xEF\xBF\xBDz");
  BOOST_TEST(decode("ISO_IR 192", "a\xE5\xB1") == "a\xEF\xBF\xBD\xEF\xBF\xBD");
  BOOST_TEST(decode("\\ISO 2022 IR 87", "\x1B$B\x7F\x7F") != "");
  BOOST_TEST(decode("\\ISO 2022 IR 87", "\x1B") == "");
}

BOOST_AUTO_TEST_SUITE_END()
