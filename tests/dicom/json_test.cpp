#include "dicom/describe.hpp"
#include "dicom/json/json.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>
#include <rapidjson/document.h>

#include <string>
#include <string_view>

using namespace noctis;
using namespace noctis::test;
using namespace std::string_view_literals;

namespace {

std::string json_of(const data_set_builder& b, const char* transfer_syntax = explicit_little,
                    const json_options& options = {}) {
  const auto json = data_set_json(b.data(), b.size(), transfer_syntax, options);
  BOOST_REQUIRE_MESSAGE(json, reason_for(json));
  rapidjson::Document parsed;
  BOOST_TEST(!parsed.Parse(json->c_str()).HasParseError(), *json);
  return *json;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(text_numbers_tags_and_empty_values) {
  data_set_builder b;
  b.text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\ ")
      .text(0x00081030, "LO", "")
      .text(0x00200013, "IS", "12")
      .text(0x00280030, "DS", "0.5\\+1e-1 ")
      .head(0x00280009, "AT", 4)
      .tag(0x00181063)
      .number16(0x00280010, 512);
  BOOST_TEST(json_of(b) == R"({"00080008":{"vr":"CS","Value":["ORIGINAL","PRIMARY",null]},"00081030":{"vr":"LO"},)"
                           R"("00200013":{"vr":"IS","Value":[12]},"00280030":{"vr":"DS","Value":[0.5,0.1]},)"
                           R"("00280009":{"vr":"AT","Value":["00181063"]},"00280010":{"vr":"US","Value":[512]}})");
}

BOOST_AUTO_TEST_CASE(numbers_keep_all_that_they_say_and_no_more) {
  data_set_builder b;
  b.text(0x00720076, "FL", "\xCD\xCC\xCC\x3D\0\0\xC0\x7F"sv);
  b.tag(0x00720082).raw("SV\0\0\x08\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv);
  b.tag(0x00720083).raw("UV\0\0\x08\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv);
  BOOST_TEST(json_of(b) == R"({"00720076":{"vr":"FL","Value":[0.1,"NaN"]},"00720082":{"vr":"SV","Value":[-1]},)"
                           R"("00720083":{"vr":"UV","Value":["18446744073709551615"]}})");
}

BOOST_AUTO_TEST_CASE(long_texts_keep_the_spaces_before_them) {
  data_set_builder b;
  b.text(0x00102110, "LO", " a \\ b ").text(0x001021B0, "LT", " a\\b ").text(0x00189073, "UC", " a \\ b ");
  BOOST_TEST(json_of(b) == R"({"00102110":{"vr":"LO","Value":["a","b"]},"001021B0":{"vr":"LT","Value":[" a\\b"]},)"
                           R"("00189073":{"vr":"UC","Value":[" a"," b"]}})");
}

BOOST_AUTO_TEST_CASE(person_names_are_divided_and_utf_8_whatever_the_character_set) {
  data_set_builder b;
  b.text(0x00080005, "CS", "\\ISO 2022 IR 87 ").text(0x00100010, "PN", "Yamada^Tarou=\x1B$B;3ED\x1B(B");
  BOOST_TEST(json_of(b) == R"({"00080005":{"vr":"CS","Value":["ISO_IR 192"]},)"
                           R"("00100010":{"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Ideographic":"山田"}]}})");
}

BOOST_AUTO_TEST_CASE(sequences_are_arrays_of_items_and_empty_ones_have_no_value) {
  data_set_builder b;
  b.head(0x00081140, "SQ", undefined_length).item().text(0x00081155, "UI", "1.2 ").end_item().item(0).end_sequence();
  b.head(0x00081199, "SQ", 0);
  BOOST_TEST(json_of(b) == R"({"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]}},{}]},)"
                           R"("00081199":{"vr":"SQ"}})");
}

BOOST_AUTO_TEST_CASE(implicit_vr_takes_vrs_and_sequences_from_the_dictionary) {
  data_set_builder b{implicit_little};
  b.head(0x00081140, "", 18).item(10).text(0x00081155, "", "1.");
  b.text(0x00100020, "", "P1");
  BOOST_TEST(json_of(b, implicit_little) ==
             R"({"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1."]}}]},)"
             R"("00100020":{"vr":"LO","Value":["P1"]}})");
}

BOOST_AUTO_TEST_CASE(bulk_data_is_linked_or_left_out) {
  data_set_builder b;
  b.text(0x00091001, "OB", "abc").text(0x00091002, "OB", std::string(2000, 'x')).head(0x7FE00010, "OW", 100'000);
  BOOST_TEST(json_of(b) == R"({"00091001":{"vr":"OB","InlineBinary":"YWJj"}})");
  json_options options;
  options.bulk_data_uri = "/bulk/";
  BOOST_TEST(json_of(b, explicit_little, options) ==
             R"({"00091001":{"vr":"OB","InlineBinary":"YWJj"},"00091002":{"vr":"OB","BulkDataURI":"/bulk/00091002"},)"
             R"("7FE00010":{"vr":"OW","BulkDataURI":"/bulk/7FE00010"}})");
}

BOOST_AUTO_TEST_CASE(values_in_big_endian_come_out_in_little_endian) {
  data_set_builder b{explicit_big};
  b.number16(0x00280010, 513).head(0x00091001, "OW", 2).u16(0x6162);
  BOOST_TEST(json_of(b, explicit_big) ==
             R"({"00280010":{"vr":"US","Value":[513]},"00091001":{"vr":"OW","InlineBinary":"YmE="}})");
}

BOOST_AUTO_TEST_CASE(a_tag_that_stands_twice_stands_once_in_json) {
  data_set_builder b;
  b.text(0x00100020, "LO", "P1").text(0x00100020, "LO", "P2");
  b.head(0x00081140, "SQ", 8).item(0).head(0x00081140, "SQ", 18).item(10).text(0x00081155, "UI", "1.");
  BOOST_TEST(json_of(b) == R"({"00100020":{"vr":"LO","Value":["P1"]},"00081140":{"vr":"SQ","Value":[{}]}})");
}

BOOST_AUTO_TEST_CASE(hostile_text_stays_inside_its_string) {
  const auto json = json_of(data_set_builder{}.text(0x00100020, "LO", "\"}\0</script>\x01"sv));
  BOOST_TEST(json == R"({"00100020":{"vr":"LO","Value":["\"}\u0000</script>\u0001"]}})");
}

BOOST_AUTO_TEST_CASE(broken_and_endless_data_sets_are_errors) {
  const auto code = [](const data_set_builder& b, const json_options& options = {}) {
    const auto json = data_set_json(b.data(), b.size(), explicit_little, options);
    return code_for(json);
  };
  BOOST_TEST((code(data_set_builder{}.head(0x00100020, "LO", 10)) == errc::truncated_data_set));
  BOOST_TEST((code(data_set_builder{}.item(0)) == errc::malformed_data_set));
  json_options small;
  small.output = 100;
  data_set_builder b;
  b.text(0x00100020, "LO", std::string(200, 'x'));
  BOOST_TEST((code(b, small) == errc::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()
