#include "dicom/json/json.hpp"
#include "dicom/json/reader.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace noctis;
using namespace noctis::test;
using namespace std::string_view_literals;

namespace {

std::vector<uint8_t> encoded(std::string_view json, const char* transfer_syntax = explicit_little,
                             const json_encoding_options& options = {}) {
  const auto result = encode_json_data_set(json, transfer_syntax, options);
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  return *result;
}

std::string refusal(std::string_view json, const json_encoding_options& options = {}) {
  const auto result = encode_json_data_set(json, explicit_little, options);
  return reason_for(result);
}

std::string with_value(const char* representation, const std::string& values) {
  return R"({"00091001":{"vr":")" + std::string{representation} + R"(","Value":[)" + values + "]}}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_reader)

BOOST_AUTO_TEST_CASE(elements_are_sorted_and_padded_and_group_lengths_left_out) {
  const auto json = R"({"00100020":{"vr":"LO","Value":["P1X"]},"00080018":{"vr":"UI","Value":["1.2"]},)"
                    R"("00080000":{"vr":"UL","Value":[10]},"00020010":{"vr":"UI","Value":["1.2"]},)"
                    R"("00080008":{"vr":"CS","Value":["A",null,"B"]},"00081030":{"vr":"LO"}})";
  data_set_builder b;
  b.text(0x00080008, "CS", "A\\\\B").text(0x00080018, "UI", "1.2\0"sv);
  b.text(0x00081030, "LO", "").text(0x00100020, "LO", "P1X ");
  BOOST_TEST(encoded(json) == b.bytes(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(numbers_are_taken_as_numbers_and_as_strings) {
  const auto json =
      R"({"00200013":{"vr":"IS","Value":[12,"13"]},"00280030":{"vr":"DS","Value":[0.5,"1.50",0.1234567890123456789]},)"
      R"("00280010":{"vr":"US","Value":["512"]},"00280009":{"vr":"AT","Value":["00181063"]},)"
      R"("00189087":{"vr":"FD","Value":[1.5]},"00720082":{"vr":"SV","Value":["-1"]}})";
  data_set_builder b;
  b.text(0x00189087, "FD", "\0\0\0\0\0\0\xF8\x3F"sv).text(0x00200013, "IS", "12\\13 ");
  b.head(0x00280009, "AT", 4).tag(0x00181063).number16(0x00280010, 512);
  b.text(0x00280030, "DS", "0.5\\1.50\\0.12345678901235 ");
  b.tag(0x00720082).raw("SV\0\0\x08\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv);
  BOOST_TEST(encoded(json) == b.bytes(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sequences_have_defined_lengths_in_both_vr_encodings) {
  const auto json = R"({"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2."]}},{}]}})";
  data_set_builder explicit_vr;
  explicit_vr.head(0x00081140, "SQ", 28).item(12).text(0x00081155, "UI", "1.2.").item(0);
  BOOST_TEST(encoded(json) == explicit_vr.bytes(), boost::test_tools::per_element());
  data_set_builder implicit_vr{implicit_little};
  implicit_vr.head(0x00081140, "SQ", 28).item(12).text(0x00081155, "UI", "1.2.").item(0);
  BOOST_TEST(encoded(json, implicit_little) == implicit_vr.bytes(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(text_is_written_in_the_character_set_that_is_wanted) {
  const auto json =
      R"({"00100010":{"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Ideographic":"山田^太郎","Phonetic":"やまだ^たろう"}]}})";
  json_encoding_options options;
  options.character_set = "\\ISO 2022 IR 87";
  data_set_builder b;
  b.text(0x00080005, "CS", "\\ISO 2022 IR 87 ");
  b.text(0x00100010, "PN", "Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B=\x1B$B$d$^$@\x1B(B^\x1B$B$?$m$&\x1B(B");
  BOOST_TEST(encoded(json, explicit_little, options) == b.bytes(), boost::test_tools::per_element());
  options.character_set = "ISO_IR 13";
  data_set_builder katakana;
  katakana.text(0x00080005, "CS", "ISO_IR 13 ").text(0x00100010, "PN", "\xD4\xCF\xC0\xDE^\xC0\xDB\xB3");
  BOOST_TEST(encoded(R"({"00100010":{"vr":"PN","Value":[{"Alphabetic":"ﾔﾏﾀﾞ^ﾀﾛｳ"}]}})", explicit_little, options) ==
                 katakana.bytes(),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(text_that_the_character_set_lacks_turns_the_data_set_into_utf_8) {
  json_encoding_options options;
  options.character_set = "ISO_IR 100";
  data_set_builder latin1;
  latin1.text(0x00080005, "CS", "ISO_IR 100").text(0x00081030, "LO", "J\xE9r\xF4me");
  BOOST_TEST(encoded(R"({"00081030":{"vr":"LO","Value":["Jérôme"]}})", explicit_little, options) == latin1.bytes(),
             boost::test_tools::per_element());
  data_set_builder utf8;
  utf8.text(0x00080005, "CS", "ISO_IR 192").text(0x00081030, "LO", "山田");
  BOOST_TEST(encoded(R"({"00081030":{"vr":"LO","Value":["山田"]}})", explicit_little, options) == utf8.bytes(),
             boost::test_tools::per_element());
  options.character_set = "";
  BOOST_TEST(encoded(R"({"00081030":{"vr":"LO","Value":["山田"]}})", explicit_little, options) == utf8.bytes(),
             boost::test_tools::per_element());
  data_set_builder ascii;
  ascii.text(0x00081030, "LO", "MR");
  BOOST_TEST(encoded(R"({"00081030":{"vr":"LO","Value":["MR"]}})") == ascii.bytes(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bulk_data_comes_from_its_source) {
  json_encoding_options options;
  options.bulk_data = [](std::string_view uri, tag_number tag) -> caf::expected<bulk_data_parts> {
    if (uri == "gone") return failure(errc::not_found, "no part \"gone\"");
    if (tag == tags::pixel_data) return bulk_data_parts{{1, 2, 3}, {4, 5}};
    return bulk_data_parts{{'a', 'b', 'c'}};
  };
  const auto json = R"({"00091001":{"vr":"OB","BulkDataURI":"one"},"00091002":{"vr":"OB","InlineBinary":"YWI="},)"
                    R"("7FE00010":{"vr":"OB","BulkDataURI":"frames"}})";
  data_set_builder b;
  b.text(0x00091001, "OB", "abc\0"sv).text(0x00091002, "OB", "ab").head(tags::pixel_data, "OB", undefined_length);
  b.item(0).item(4).raw("\x01\x02\x03\0"sv).item(2).raw("\x04\x05"sv).end_sequence();
  BOOST_TEST(encoded(json, jpeg_baseline, options) == b.bytes(), boost::test_tools::per_element());
  BOOST_TEST(refusal(json, options) == "PixelData (7FE0,0010) has 2 parts of bulk data instead of one");
  BOOST_TEST(refusal(R"({"00091001":{"vr":"OB","BulkDataURI":"gone"}})", options) == "(0009,1001): no part \"gone\"");
  BOOST_TEST(refusal(R"({"00091001":{"vr":"OB","BulkDataURI":"one"}})") ==
             "(0009,1001) refers to bulk data that did not come along");
}

BOOST_AUTO_TEST_CASE(text_longer_than_its_length_field_becomes_un) {
  const auto bytes = encoded(with_value("LT", '"' + std::string(70'000, 'x') + '"'));
  data_set_builder b;
  b.text(0x00091001, "UN", std::string(70'000, 'x'));
  BOOST_TEST(bytes == b.bytes(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(errors_name_the_attribute_and_where_it_stands) {
  BOOST_TEST(refusal("[]") == "the JSON is not the object of a data set");
  BOOST_TEST(refusal("{\"00100010\"").find("the JSON is broken at byte 11") == 0);
  BOOST_TEST(refusal(R"({"PatientID":{}})") == "\"PatientID\" is no tag of eight hex digits");
  BOOST_TEST(refusal(R"({"00100020":[]})") == "PatientID (0010,0020) is no JSON object");
  BOOST_TEST(refusal(R"({"00100020":{"vr":"XX"}})") == "PatientID (0010,0020) has the unknown vr \"XX\"");
  BOOST_TEST(refusal(R"({"00100020":{"vr":"LO"},"00100020":{"vr":"LO"}})") == "PatientID (0010,0020) stands twice");
  BOOST_TEST(refusal(R"({"00081140":{"vr":"SQ","Value":[{"00280010":{"vr":"US","Value":[70000]}}]}})") ==
             "Rows (0028,0010) in ReferencedImageSequence (0008,1140): \"70000\" is no unsigned integer of 16 bits");
  BOOST_TEST(refusal(R"({"00081140":{"vr":"SQ","Value":["x"]}})") ==
             "an item in ReferencedImageSequence (0008,1140) is no JSON object");
  BOOST_TEST(refusal(with_value("FL", "1e300")) == "(0009,1001): \"1e300\" is too large a number");
  BOOST_TEST(refusal(with_value("AT", "\"xyz\"")) == "(0009,1001): \"xyz\" is no tag of eight hex digits");
  BOOST_TEST(refusal(with_value("IS", "1.5")) == "(0009,1001): a value is no IS");
  BOOST_TEST(refusal(with_value("LO", R"("a\\b")")) == "(0009,1001): \"a\\x5Cb\" is one value with a backslash");
  BOOST_TEST(refusal(with_value("OB", "1")) == "(0009,1001): OB has a Value instead of InlineBinary");
  BOOST_TEST(refusal(R"({"00091001":{"vr":"OB","InlineBinary":"***"}})") == "(0009,1001): InlineBinary is no base64");
  BOOST_TEST(refusal("{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"\xFF\"]}}").find("the JSON is broken") == 0);
}

BOOST_AUTO_TEST_CASE(depth_and_size_are_bounded) {
  std::string deep = "{}";
  for (int i = 0; i < 65; ++i) deep = R"({"00081140":{"vr":"SQ","Value":[)" + deep + "]}}";
  BOOST_TEST((code_for(encode_json_data_set(deep, explicit_little)) == errc::limit_exceeded));
  BOOST_TEST((code_for(encode_json_data_set(std::string(1'000'000, '['), explicit_little)) != errc::none));
  json_encoding_options options;
  options.output = 1000;
  BOOST_TEST(refusal(with_value("UT", '"' + std::string(2000, 'x') + '"'), options) ==
             "(0009,1001) makes the data set longer than 1000 bytes");
  options.json.size = 10;
  BOOST_TEST(refusal(R"({"00100020":{"vr":"LO"}})", options) == "the JSON is longer than 10 bytes");
}

BOOST_AUTO_TEST_CASE(damaged_json_is_refused_or_read_but_never_trusted) {
  const std::string sound =
      R"({"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI",)"
      R"("Value":["1.2"]},"00280010":{"vr":"US","Value":[1,"2"]}},null]},"00091001":{"vr":"OB","InlineBinary":"YWI="},)"
      R"("00100010":{"vr":"PN","Value":[{"Alphabetic":"A^B","Phonetic":"やま"}]},"00189087":{"vr":"FD","Value":["NaN"]}})";
  constexpr std::string_view pieces = "{}[]\":,0123456789ABCDEFnulltrue\\ \xFF\xE3";
  std::mt19937 random{7};
  json_encoding_options options;
  options.character_set = "\\ISO 2022 IR 87";
  size_t readable = 0;
  for (int i = 0; i < 5000; ++i) {
    auto damaged = sound;
    for (int k = 0; k < 1 + i % 3; ++k) damaged[random() % damaged.size()] = pieces[random() % pieces.size()];
    const auto result = encode_json_data_set(damaged, explicit_little, options);
    if (!result) continue;
    ++readable;
    BOOST_TEST(bool(data_set_json(result->data(), result->size(), explicit_little)), damaged);
  }
  BOOST_TEST(readable > 100);
}

BOOST_AUTO_TEST_CASE(big_endian_and_deflated_data_sets_are_not_written) {
  BOOST_TEST((code_for(encode_json_data_set("{}", explicit_big)) == errc::unsupported_transfer_syntax));
  BOOST_TEST((code_for(encode_json_data_set("{}", deflated_little)) == errc::unsupported_transfer_syntax));
}

BOOST_AUTO_TEST_SUITE_END()
