#include "dicom/json/object.hpp"
#include "http/dicom_web/numbers.hpp"
#include "http/dicom_web/search.hpp"
#include "http/dicom_web/store_results.hpp"
#include "http/dicom_web/workitem_view.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;

BOOST_AUTO_TEST_SUITE(dicom_web_values)

BOOST_AUTO_TEST_CASE(attributes_are_named_by_digits_keywords_and_paths) {
  using path = std::vector<tag_number>;
  BOOST_TEST((attribute_path("00100010") == path{0x00100010}));
  BOOST_TEST((attribute_path("0020000d") == path{0x0020000D}));
  BOOST_TEST((attribute_path("PatientName") == path{0x00100010}));
  BOOST_TEST((attribute_path("RequestAttributesSequence.00400009") == path{0x00400275, 0x00400009}));
  BOOST_TEST((attribute_path("00091001") == path{0x00091001}));
  for (const auto* wrong : {"", ".", "PatientName.", ".PatientName", "Nonsense", "0010", "00100010 ", "(0010,0010)",
                            "00120999", "a.b.c.d.e.f.g.h.i.j"})
    BOOST_TEST(attribute_path(wrong).empty(), wrong);
}

BOOST_AUTO_TEST_CASE(frames_are_a_list_of_numbers) {
  BOOST_TEST((frame_list("1") == std::vector<uint32_t>{1}));
  BOOST_TEST((frame_list("3,1,2") == std::vector<uint32_t>{3, 1, 2}));
  for (const auto* wrong : {"", "0", "1,", ",1", "1 2", "-1", "4294967296", "1;2", "x"})
    BOOST_CHECK_THROW(frame_list(wrong), refusal);
}

BOOST_AUTO_TEST_CASE(uids_are_checked) {
  BOOST_CHECK_NO_THROW(check_uid("1.2.840", "study"));
  for (const auto& wrong : {std::string(), std::string("1.2.x"), std::string(".1"), std::string("1."),
                            std::string("1..2"), std::string(65, '1'), std::string("../etc")})
    BOOST_CHECK_THROW(check_uid(wrong, "study"), refusal);
}

BOOST_AUTO_TEST_CASE(decimals_are_whole_texts) {
  BOOST_TEST(*decimal_of("-1.5e2") == -150.0);
  for (const auto* wrong : {"", "nan", "inf", "1x", " 1", "1e999", "0x10"}) BOOST_TEST(!decimal_of(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(a_store_response_tells_each_instance) {
  const instance_identity one{"1.2", "1.9.1", "1.9", "1.9.9"};
  const instance_identity two{"1.2", "1.9.2", "1.9", "1.9.9"};
  const std::vector<store_result> some{
      {one, errc::none, ""}, {two, errc::disk_full, "no room"}, {{}, errc::malformed_data_set, "no DICOM"}};
  const auto response = parse_json_object(store_response(some, "http://h/dicom-web"));
  BOOST_REQUIRE(response);
  BOOST_TEST(text_of(*response, 0x00081190) == "http://h/dicom-web/studies/1.9");
  const auto kept = items_of(*response, 0x00081199);
  BOOST_REQUIRE_EQUAL(kept.size(), 1u);
  BOOST_TEST(text_of(*kept.front(), 0x00081155) == "1.9.1");
  BOOST_TEST(text_of(*kept.front(), 0x00081190) == "http://h/dicom-web/studies/1.9/series/1.9.9/instances/1.9.1");
  const auto failed = items_of(*response, 0x00081198);
  BOOST_REQUIRE_EQUAL(failed.size(), 1u);
  BOOST_TEST(text_of(*failed.front(), 0x00081197) == std::to_string(0xA700));
  BOOST_TEST(items_of(*response, 0x0008119A).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_store_status_sums_up) {
  const store_result kept{{}, errc::none, ""};
  const store_result broken{{}, errc::malformed_data_set, ""};
  const store_result full{{}, errc::disk_full, ""};
  BOOST_TEST(store_status({kept, kept}) == 200);
  BOOST_TEST(store_status({kept, broken}) == 202);
  BOOST_TEST(store_status({broken, full}) == 409);
  BOOST_TEST(store_status({full}) == 503);
}

BOOST_AUTO_TEST_CASE(a_procedure_step_has_two_views) {
  const auto sent = parse_json_object(R"({"00404005":{"vr":"DT","Value":["20240131102030+0100"]},
    "00741204":{"vr":"LO","Value":["HEAD"]},
    "00404025":{"vr":"SQ","Value":[{"00080100":{"vr":"SH","Value":["CT1"]}}]},
    "0040A370":{"vr":"SQ","Value":[{"00401001":{"vr":"SH","Value":["R1"]}}]}})");
  BOOST_REQUIRE(sent);
  const auto kept = parse_json_object(kept_step(*sent));
  BOOST_REQUIRE(kept);
  const auto scheduled = items_of(*kept, 0x00400100);
  BOOST_REQUIRE_EQUAL(scheduled.size(), 1u);
  BOOST_TEST(text_of(*scheduled.front(), 0x00400001) == "CT1");
  BOOST_TEST(text_of(*scheduled.front(), 0x00400002) == "20240131");
  BOOST_TEST(text_of(*scheduled.front(), 0x00400003) == "102030");
  BOOST_TEST(text_of(*scheduled.front(), 0x00400007) == "HEAD");
  BOOST_TEST(text_of(*kept, 0x00401001) == "R1");
}

BOOST_AUTO_TEST_CASE(a_change_leaves_the_rest_of_the_schedule) {
  const auto known = parse_json_object(R"({"00400100":{"vr":"SQ","Value":[{"00400001":{"vr":"AE","Value":["CT1"]},
    "00400007":{"vr":"LO","Value":["HEAD"]}}]}})");
  const auto change = parse_json_object(R"({"00741204":{"vr":"LO","Value":["NECK"]}})");
  BOOST_REQUIRE(known && change);
  const auto kept = parse_json_object(kept_step(*change, &*known));
  BOOST_REQUIRE(kept);
  BOOST_TEST((texts_at(*kept, {0x00400100, 0x00400001}) == std::vector<std::string>{"CT1"}));
  BOOST_TEST((texts_at(*kept, {0x00400100, 0x00400007}) == std::vector<std::string>{"NECK"}));
}

BOOST_AUTO_TEST_CASE(a_worklist_item_is_a_procedure_step) {
  workitem item;
  item.uid = "1.2.3";
  item.state = "SCHEDULED";
  item.attributes = R"({"00100020":{"vr":"LO","Value":["P1"]},"00401001":{"vr":"SH","Value":["R1"]},
    "0020000D":{"vr":"UI","Value":["1.9"]},"00400100":{"vr":"SQ","Value":[{"00400001":{"vr":"AE","Value":["CT1"]},
    "00400002":{"vr":"DA","Value":["20240131"]},"00400003":{"vr":"TM","Value":["1020"]}}]}})";
  const auto text = step_view(item);
  BOOST_REQUIRE(text);
  const auto step = parse_json_object(*text);
  BOOST_REQUIRE(step);
  BOOST_TEST(text_of(*step, 0x00741000) == "SCHEDULED");
  BOOST_TEST(text_of(*step, 0x00080018) == "1.2.3");
  BOOST_TEST(text_of(*step, 0x00404005) == "202401311020");
  BOOST_TEST(text_of(*step, 0x00100020) == "P1");
  BOOST_TEST(text_of(*step, 0x0020000D) == "1.9");
  BOOST_TEST(find_attribute(*step, 0x00401001) == nullptr);
  BOOST_TEST((texts_at(*step, {0x0040A370, 0x00401001}) == std::vector<std::string>{"R1"}));
  BOOST_TEST((texts_at(*step, {0x00404025, 0x00080100}) == std::vector<std::string>{"CT1"}));
  BOOST_TEST((kept_path({0x00404025, 0x00080100}) == std::vector<uint32_t>{0x00400100, 0x00400001}));
}

BOOST_AUTO_TEST_SUITE_END()
