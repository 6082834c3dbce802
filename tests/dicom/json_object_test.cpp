#include "dicom/json/object.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using namespace noctis::test;

BOOST_AUTO_TEST_SUITE(json_objects)

BOOST_AUTO_TEST_CASE(attributes_are_read_by_tag_and_path) {
  const auto object = parse_json_object(
      R"({"00100010":{"vr":"PN","Value":[{"Alphabetic":"Yamada","Phonetic":"やまだ"}]},"0020000d":{"vr":"UI","Value":["1.2"]},)"
      R"("00280030":{"vr":"DS","Value":[0.5,null,3]},"00400100":{"vr":"SQ","Value":[)"
      R"({"00080060":{"vr":"CS","Value":["MR"]}},{"00080060":{"vr":"CS","Value":["CT","PT"]}}]}})");
  BOOST_REQUIRE_MESSAGE(object, reason_for(object));
  BOOST_TEST(text_of(*object, 0x00100010) == "Yamada==やまだ");
  BOOST_TEST(text_of(*object, 0x0020000D) == "1.2");
  BOOST_TEST(text_of(*object, 0x00100020) == "");
  BOOST_TEST(texts_of(*object, 0x00280030) == (std::vector<std::string>{"0.5", "", "3"}),
             boost::test_tools::per_element());
  BOOST_TEST(texts_at(*object, {0x00400100, 0x00080060}) == (std::vector<std::string>{"MR", "CT", "PT"}),
             boost::test_tools::per_element());
  BOOST_TEST(items_of(*object, 0x00400100).size() == 2);
  BOOST_TEST(items_of(*object, 0x00100010).empty());
}

BOOST_AUTO_TEST_CASE(attributes_are_set_as_dicom_writes_them_and_come_out_sorted) {
  json_data_set object;
  object.set(0x00100010, "Yamada^Tarou==やまだ").set(0x00080060, "CT").set(0x00080061, "CT\\MR");
  object.set(0x00200013, "12").set(0x00280010, "512").set(0x00081030, "").set(0x00280009, "00181063");
  object.set_number(0x00201208, vr::IS, 3).set_items(0x00081140, {json_data_set{}.set(0x00081155, "1.2")});
  object.set_items(0x00081199, {}).set(0x00100020, "x").erase(0x00100020);
  BOOST_TEST(object.str() ==
             R"({"00080060":{"vr":"CS","Value":["CT"]},"00080061":{"vr":"CS","Value":["CT","MR"]},)"
             R"("00081030":{"vr":"LO"},"00081140":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2"]}}]},)"
             R"("00081199":{"vr":"SQ"},)"
             R"("00100010":{"vr":"PN","Value":[{"Alphabetic":"Yamada^Tarou","Phonetic":"やまだ"}]},)"
             R"("00200013":{"vr":"IS","Value":[12]},"00201208":{"vr":"IS","Value":[3]},)"
             R"("00280009":{"vr":"AT","Value":["00181063"]},"00280010":{"vr":"US","Value":[512]}})");
  const auto parsed = parse_json_object(object.str());
  BOOST_REQUIRE(parsed);
  BOOST_TEST(json_data_set{*parsed}.str() == object.str());
}

BOOST_AUTO_TEST_CASE(arrays_of_data_sets_and_single_ones_are_read) {
  BOOST_TEST(parse_json_objects("[{},{}]")->Size() == 2);
  BOOST_TEST(parse_json_objects(R"({"00100020":{"vr":"LO","Value":["P1"]}})")->Size() == 1);
  BOOST_TEST(reason_for(parse_json_objects("[1]")) == "the JSON has an element that is not the object of a data set");
  BOOST_TEST(reason_for(parse_json_objects("1")) == "the JSON is not an array of data sets");
}

BOOST_AUTO_TEST_SUITE_END()
