#include "dicom/header.hpp"
#include "messages/errors.hpp"
#include "tests/dicom/data_set_builder.hpp"
#include "tests/dicom/scan.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace noctis;
using namespace noctis::test;
using namespace std::string_view_literals;

namespace {

instance_header header_of(const data_set_builder& b, const std::string& transfer_syntax = explicit_little) {
  header_scanner scanner{transfer_syntax};
  BOOST_REQUIRE(!scan(scanner, b.data(), b.size()));
  return read_header(scanner, transfer_syntax);
}

errc code_for_instance_uid(std::string_view uid) {
  return code_of(validate(header_of(data_set_builder{}.identity(uid))));
}

} // namespace

BOOST_AUTO_TEST_SUITE(header)

BOOST_AUTO_TEST_CASE(values_come_without_padding_and_as_their_vr_asks) {
  data_set_builder b;
  b.identity("1.2.3\0"sv)
      .text(0x00080020, "DA", "1997.04.24")
      .text(0x00080030, "TM", "10:20:30")
      .text(0x00080060, "CS", "CT")
      .text(0x00100010, "PN", "Doe^Jane^^^ ")
      .text(0x00100020, "LO", " P1 ")
      .text(0x00100030, "DA", "1970xx01")
      .text(0x00100040, "CS", "f ")
      .text(0x00200011, "IS", "3 ")
      .text(0x00200013, "IS", "x ")
      .text(0x00280008, "IS", "0 ")
      .number16(0x00280010, 512)
      .number16(0x00280011, 65535);
  const auto header = header_of(b);
  BOOST_TEST(header.instance.sop_instance_uid == "1.2.3");
  BOOST_TEST(header.study.date == "19970424");
  BOOST_TEST(header.study.time == "102030");
  BOOST_TEST(header.patient.name == "Doe^Jane");
  BOOST_TEST(header.patient.id == "P1");
  BOOST_TEST(header.patient.birth_date == "");
  BOOST_TEST(header.patient.sex == "F");
  BOOST_TEST(header.series.number.value_or(0) == 3);
  BOOST_TEST(!header.instance.number);
  BOOST_TEST(header.instance.number_of_frames == 1);
  BOOST_TEST(header.instance.rows.value_or(0) == 512);
  BOOST_TEST(header.instance.columns.value_or(0) == 65535);
  BOOST_TEST(!header.instance.bits_allocated);
  BOOST_TEST(header.instance.transfer_syntax_uid == explicit_little);
}

BOOST_AUTO_TEST_CASE(further_attributes_are_kept_as_json_by_level) {
  for (const char* syntax : {explicit_little, implicit_little}) {
    data_set_builder b{syntax};
    b.text(0x00080005, "CS", "ISO_IR 192")
        .text(0x00080008, "CS", "ORIGINAL\\PRIMARY ")
        .text(0x00080033, "TM", "10:11:12.5")
        .text(0x00081060, "PN", "Größe^A ")
        .text(0x00101010, "AS", "053Y")
        .text(0x00200062, "CS", "L ")
        .head(0x00400275, "SQ", undefined_length)
        .item()
        .text(0x00400009, "SH", "S1")
        .end_item()
        .end_sequence();
    const auto header = header_of(b, syntax);
    BOOST_TEST(header.study.kept == R"({"00081060":{"vr":"PN","Value":[{"Alphabetic":"Größe^A"}]},)"
                                    R"("00101010":{"vr":"AS","Value":["053Y"]}})");
    BOOST_TEST(header.series.kept == R"({"00400275":{"vr":"SQ","Value":[{"00400009":{"vr":"SH","Value":["S1"]}}]}})");
    BOOST_TEST(header.instance.kept == R"({"00200062":{"vr":"CS","Value":["L"]}})");
    BOOST_TEST(header.instance.image_type == "ORIGINAL\\PRIMARY");
    BOOST_TEST(header.instance.content_time == "101112.5");
  }
}

BOOST_AUTO_TEST_CASE(further_attributes_never_make_a_data_set_fail) {
  data_set_builder b;
  b.text(0x00081090, "LO", std::string(2000, 'x')).text(0x00101010, "AS", "053Y");
  b.head(0x00400275, "SQ", undefined_length);
  for (int i = 0; i < 20'000; ++i) b.item().text(0x00400009, "SH", "S1").end_item();
  b.end_sequence().text(0x00400244, "DA", "20240131");
  const auto header = header_of(b);
  BOOST_TEST(header.study.kept == R"({"00101010":{"vr":"AS","Value":["053Y"]}})");
  BOOST_TEST(header.series.kept == "");
}

BOOST_AUTO_TEST_CASE(numbers_follow_the_byte_order_of_the_data_set) {
  const auto header = header_of(data_set_builder{explicit_big}.number16(0x00280010, 513), explicit_big);
  BOOST_TEST(header.instance.rows.value_or(0) == 513);
}

BOOST_AUTO_TEST_CASE(control_characters_and_padding_inside_text_go_away) {
  const auto header = header_of(data_set_builder{}.text(0x00100020, "LO", "P\0\r\n1\x1B[31m\0"sv));
  BOOST_TEST(header.patient.id == "P1[31m");
}

BOOST_AUTO_TEST_CASE(an_instance_without_an_identifier_is_refused_by_its_name) {
  BOOST_TEST(!validate(header_of(data_set_builder{}.identity())));
  const auto err =
      validate(header_of(data_set_builder{}.text(0x00080016, "UI", "1.2 ").text(0x00080018, "UI", "1.3 ")));
  BOOST_TEST((code_of(err) == errc::missing_identifier));
  BOOST_TEST(reason_of(err) == "StudyInstanceUID (0020,000D) is absent or empty");
  BOOST_TEST((code_for_instance_uid("") == errc::missing_identifier));
  BOOST_TEST((code_for_instance_uid("  \0"sv) == errc::missing_identifier));
}

BOOST_AUTO_TEST_CASE(hostile_identifiers_are_refused) {
  for (const auto uid : {"../../../etc/passwd"sv, "1.2/../3"sv, "1.2\0.3"sv, "<script>1</script>"sv, "1.2'; --"sv,
                         "1.2\n3"sv, "1..2"sv, "\xC3\xA9"sv})
    BOOST_TEST((code_for_instance_uid(uid) == errc::invalid_identifier), uid);
  BOOST_TEST((code_for_instance_uid(std::string(65, '1')) == errc::invalid_identifier));
  BOOST_TEST((code_for_instance_uid(std::string(60'000, '1')) == errc::invalid_identifier));
  const auto err = validate(header_of(data_set_builder{}.identity("<b>\n\xFF")));
  BOOST_TEST(reason_of(err) == "SOPInstanceUID (0008,0018) is no UID: \"<b>\\x0A\\xFF\"");
}

BOOST_AUTO_TEST_CASE(the_command_must_name_the_same_instance) {
  const auto header = header_of(data_set_builder{}.identity("1.2.3.4"));
  const std::string sop_class = header.instance.sop_class_uid;
  BOOST_TEST(!validate(header, sop_class, "1.2.3.4"));
  BOOST_TEST(!validate(header, sop_class, "1.2.3.4\0"sv));
  BOOST_TEST((code_of(validate(header, "1.2.840.10008.5.1.4.1.1.2", "1.2.3.4")) == errc::sop_class_mismatch));
  BOOST_TEST((code_of(validate(header, sop_class, "1.2.3.5")) == errc::sop_instance_mismatch));
}

BOOST_AUTO_TEST_CASE(long_descriptions_are_cut_and_a_long_patient_id_is_refused) {
  const auto header = header_of(data_set_builder{}.identity().text(0x00081030, "LO", std::string(5000, 'x')));
  BOOST_TEST(header.study.description.size() == max_header_text);
  const auto other = header_of(data_set_builder{}.identity().text(0x00100020, "LO", std::string(300, 'x')));
  BOOST_TEST((code_of(validate(other)) == errc::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()
