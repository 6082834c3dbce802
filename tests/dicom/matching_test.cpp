#include "dicom/json/object.hpp"
#include "dicom/matching.hpp"
#include "dicom/matching_values.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

using namespace noctis;
using namespace noctis::test;

namespace {

rapidjson::Document parsed(const json_data_set& object) {
  auto result = parse_json_object(object.str());
  BOOST_REQUIRE_MESSAGE(result, reason_for(result));
  return std::move(*result);
}

constexpr auto yamada = "Yamada^Tarou=山田^太郎=やまだ^たろう";

} // namespace

BOOST_AUTO_TEST_SUITE(matching)

BOOST_AUTO_TEST_CASE(names_match_by_any_component_group_in_their_own_script) {
  for (const char* wanted : {"Yamada^Tarou", "yamada^tarou", "YAMADA^*", "*tarou", "Yamada", "山田^太郎", "山田", "山*",
                             "やまだ^たろう", "Yamada^Tarou=山田^太郎", "=山田*", "?amada^*", "*田*", "*"})
    BOOST_TEST(person_name_matches(yamada, wanted), wanted);
  for (const char* wanted : {"Tarou", "Yamad", "Yamada^Jirou", "=やまだ*", "山", "Yamada^Tarou^X", "[y]*", "%", "_*"})
    BOOST_TEST(!person_name_matches(yamada, wanted), wanted);
  BOOST_TEST(person_name_matches("Doe", "Doe^*"));
  BOOST_TEST(person_name_matches("Doe^John^^", "doe^john"));
}

BOOST_AUTO_TEST_CASE(accents_and_widths_do_not_tell_names_apart) {
  BOOST_TEST(person_name_matches("Buc^Jérôme", "BUC^JEROME"));
  BOOST_TEST(person_name_matches("Buc^Jerome", "buc^jérôme"));
  BOOST_TEST(person_name_matches("Äneas^Rüdiger", "aneas*"));
  BOOST_TEST(person_name_matches("Straße", "STRASSE"));
  BOOST_TEST(person_name_matches("Διονυσιος", "ΔΙΟΝΎΣΙΟΣ"));
  BOOST_TEST(person_name_matches("Люкceмбypг", "люк*"));
  BOOST_TEST(person_name_matches("ﾔﾏﾀﾞ^ﾀﾛｳ", "ヤマダ^タロウ"));
  BOOST_TEST(person_name_matches("שָׁלוֹם", "שלום"));
  BOOST_TEST(person_name_matches("洪^吉洞=홍^길동", "홍*"));
  BOOST_TEST(!person_name_matches("がく", "かく"));
}

BOOST_AUTO_TEST_CASE(fuzzy_names_match_by_beginnings_and_sound) {
  BOOST_TEST(person_name_matches("Smith^John", "smyth", true));
  BOOST_TEST(person_name_matches("Smith^John", "jo smi", true));
  BOOST_TEST(person_name_matches("Smith^John", "john^smith", true));
  BOOST_TEST(!person_name_matches("Smith^John", "smyth"));
  BOOST_TEST(!person_name_matches("Smith^John", "miller", true));
  BOOST_TEST(person_name_matches(yamada, "太", true));
}

BOOST_AUTO_TEST_CASE(single_values_lists_and_wildcards) {
  BOOST_TEST(value_matches(vr::CS, "CT", "CT"));
  BOOST_TEST(!value_matches(vr::CS, "CT", "ct"));
  BOOST_TEST(value_matches(vr::SH, "A123", "A*3"));
  BOOST_TEST(value_matches(vr::SH, "Aé3", "A?3"));
  BOOST_TEST(value_matches(vr::LO, "Tête sans contraste", "TETE*"));
  BOOST_TEST(!value_matches(vr::UI, "1.2.3", "1.2.*"));
  BOOST_TEST(value_matches(vr::IS, "12", "+12"));
  BOOST_TEST(value_matches(vr::DS, "1.50", "1.5"));
  BOOST_TEST(value_matches(vr::CS, "", "*"));
  BOOST_TEST(!value_matches(vr::CS, "", "?"));
  const std::string many(20'000, 'a');
  BOOST_TEST(!wildcard_matches(many, "*a*a*a*a*a*b"));
  const auto object = parsed(json_data_set{}.set(0x0020000D, "1.2").set(0x00080061, "CT\\PT"));
  BOOST_TEST(matches(object, {{{0x0020000D}, {"1.1", "1.2"}}}));
  BOOST_TEST(matches(object, {{{0x00080061}, {"PT"}}}));
  BOOST_TEST(!matches(object, {{{0x00080061}, {"MR"}}}));
  BOOST_TEST(matches(object, {{{0x00100020}, {}}, {{0x00100010}, {""}}, {{0x00100030}, {"*"}}}));
  BOOST_TEST(!matches(object, {{{0x00100020}, {"P1"}}}));
}

BOOST_AUTO_TEST_CASE(dates_and_times_match_as_ranges_and_by_their_precision) {
  const auto in = [](vr representation, const char* value, const char* wanted) {
    return time_matches(representation, value, wanted);
  };
  BOOST_TEST(in(vr::DA, "20200115", "20200115"));
  BOOST_TEST(in(vr::DA, "2020.01.15", "20200101-20200131"));
  BOOST_TEST(in(vr::DA, "20200115", "-20200115"));
  BOOST_TEST(in(vr::DA, "20200115", "20200115-"));
  BOOST_TEST(!in(vr::DA, "20200115", "20200116-"));
  BOOST_TEST(!in(vr::DA, "20200115", "nonsense"));
  BOOST_TEST(!in(vr::DA, "", "20200101-"));
  BOOST_TEST(in(vr::TM, "103059.5", "1030"));
  BOOST_TEST(in(vr::TM, "103059.5", "10-1030"));
  BOOST_TEST(!in(vr::TM, "103100", "10-1030"));
  BOOST_TEST(in(vr::TM, "10:30:59", "1000-1100"));
  BOOST_TEST(in(vr::DT, "20200115103000", "2020"));
  BOOST_TEST(in(vr::DT, "20200115103000", "20200115-20200116"));
  BOOST_TEST(in(vr::DT, "20200115103000", "2019-2020"));
  BOOST_TEST(in(vr::DT, "20200115103000+0100", "20200115093000+0000"));
  BOOST_TEST(!in(vr::DT, "20200115103000+0100", "20200115103000+0000"));
  BOOST_TEST(in(vr::DT, "20200115103000-0500", "20200115153000+0000-20200115160000+0000"));
  BOOST_TEST(!in(vr::DT, "20200115103000", "202013"));
}

BOOST_AUTO_TEST_CASE(ranges_of_a_date_and_its_time_are_one_range) {
  const auto object = parsed(json_data_set{}.set(0x00080020, "20200116").set(0x00080030, "0800"));
  const auto match = [&object](const char* dates, const char* times) {
    return matches(object, {{{0x00080020}, {dates}}, {{0x00080030}, {times}}});
  };
  BOOST_TEST(match("20200115-20200117", "1200-0700"));
  BOOST_TEST(match("20200115-20200116", "1200-0800"));
  BOOST_TEST(!match("20200115-20200116", "1200-0700"));
  BOOST_TEST(!match("20200116-20200117", "0900-"));
  BOOST_TEST(match("20200116-", "0800-"));
  BOOST_TEST(match("20200116", "0700-0900"));
  BOOST_TEST(!match("20200116", "0900-1000"));
}

BOOST_AUTO_TEST_CASE(keys_of_one_sequence_match_in_one_item) {
  const auto step = [](const char* modality, const char* date) {
    return json_data_set{}.set(0x00080060, modality).set(0x00400002, date);
  };
  const auto object = parsed(json_data_set{}.set_items(0x00400100, {step("CT", "20200101"), step("MR", "20200102")}));
  const auto match = [&object](const char* modality, const char* date) {
    return matches(object, {{{0x00400100, 0x00080060}, {modality}}, {{0x00400100, 0x00400002}, {date}}});
  };
  BOOST_TEST(match("CT", "20200101"));
  BOOST_TEST(match("MR", "20200102-"));
  BOOST_TEST(!match("CT", "20200102"));
  BOOST_TEST(match("CT", ""));
  BOOST_TEST(!match("US", ""));
  BOOST_TEST(matches(object, {{{0x00400101, 0x00080060}, {""}}}));
}

BOOST_AUTO_TEST_CASE(an_identifier_becomes_keys_and_what_it_wants_back) {
  json_data_set identifier;
  identifier.set(0x00080005, "ISO_IR 192").set(0x00080052, "STUDY").set(0x00100010, "山田*").set(0x00100020, "");
  identifier.set(0x0020000D, "1.2\\1.3");
  identifier.set_items(0x00400100, {json_data_set{}.set(0x00080060, "CT").set(0x00400001, "")});
  const auto asked = match_keys_of(parsed(identifier));
  BOOST_REQUIRE_MESSAGE(asked, reason_for(asked));
  BOOST_TEST(asked->level == "STUDY");
  BOOST_TEST(asked->returned == (std::vector<uint32_t>{0x00100010, 0x00100020, 0x0020000D, 0x00400100}),
             boost::test_tools::per_element());
  BOOST_REQUIRE(asked->keys.size() == 3);
  BOOST_TEST(asked->keys[0].values.front() == "山田*");
  BOOST_TEST(asked->keys[1].values.size() == 2);
  BOOST_TEST(asked->keys[2].path == (std::vector<uint32_t>{0x00400100, 0x00080060}), boost::test_tools::per_element());
  BOOST_TEST(reason_for(match_keys_of(parsed(json_data_set{}.set_items(0x00400100, {{}, {}})))) ==
             "ScheduledProcedureStepSequence (0040,0100) in the identifier has more than one item");
}

BOOST_AUTO_TEST_CASE(an_answer_has_what_was_asked_for_and_no_more) {
  json_data_set step;
  step.set(0x00080060, "CT").set(0x00400002, "20200101");
  const auto match = parsed(json_data_set{}.set(0x00100020, "P1").set(0x00100010, "Doe").set_items(0x00400100, {step}));
  BOOST_TEST(only_requested(match, std::vector<uint32_t>{0x00100020, 0x00081030}) ==
             R"({"00081030":{"vr":"LO"},"00100020":{"vr":"LO","Value":["P1"]}})");
  json_data_set identifier;
  identifier.set(0x00100010, "").set_items(0x00400100, {json_data_set{}.set(0x00080060, "")});
  BOOST_TEST(only_requested(match, parsed(identifier)) ==
             R"({"00100010":{"vr":"PN","Value":[{"Alphabetic":"Doe"}]},)"
             R"("00400100":{"vr":"SQ","Value":[{"00080060":{"vr":"CS","Value":["CT"]}}]}})");
  const auto whole = parsed(json_data_set{}.set_items(0x00400100, {}));
  BOOST_TEST(only_requested(match, whole).find("20200101") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
