#include "schema/repositories/find/find.hpp"
#include "tests/schema/catalogue.hpp"

#include <rapidjson/document.h>

#include <algorithm>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

constexpr uint32_t study_date = 0x00080020;
constexpr uint32_t study_time = 0x00080030;
constexpr uint32_t accession_number = 0x00080050;
constexpr uint32_t modality = 0x00080060;
constexpr uint32_t modalities_in_study = 0x00080061;
constexpr uint32_t sop_classes_in_study = 0x00080062;
constexpr uint32_t referring_physician = 0x00080090;
constexpr uint32_t study_description = 0x00081030;
constexpr uint32_t series_description = 0x0008103E;
constexpr uint32_t patient_name = 0x00100010;
constexpr uint32_t patient_id = 0x00100020;
constexpr uint32_t study_uid = 0x0020000D;
constexpr uint32_t series_uid = 0x0020000E;
constexpr uint32_t series_number = 0x00200011;
constexpr uint32_t instance_number = 0x00200013;
constexpr uint32_t sop_instance_uid = 0x00080018;
constexpr uint32_t sop_class_uid = 0x00080016;

using keys = std::vector<match_key>;

struct find_catalogue : catalogue {
  find_repository matches{reader};

  find_page page(find_request request) {
    if (request.who.kind == principal_kind::nobody) request.who = everyone;
    return matches.find(request);
  }

  /// Returns the last part of a UID of each match, in order.
  std::string numbers(find_request request, const char* digits) {
    std::string result;
    for (const auto& match : page(std::move(request)).matches) {
      rapidjson::Document object;
      object.Parse(match.c_str());
      BOOST_REQUIRE_MESSAGE(object.IsObject(), match);
      const std::string value = object[digits]["Value"][0].GetString();
      result += (result.empty() ? "" : " ") + value.substr(value.rfind('.') + 1);
    }
    return result;
  }

  std::string studies_with(const keys& wanted, bool fuzzy = false) {
    find_request request;
    request.keys = wanted;
    request.fuzzy_names = fuzzy;
    return numbers(request, "0020000D");
  }

  std::string series_with(const keys& wanted) {
    find_request request;
    request.level = query_level::series;
    request.keys = wanted;
    return numbers(request, "0020000E");
  }

  std::string instances_with(const keys& wanted) {
    find_request request;
    request.level = query_level::instance;
    request.keys = wanted;
    return numbers(request, "00080018");
  }

  void refuses(const find_request& request) {
    BOOST_CHECK_EXCEPTION(page(request), database_error, has_code(errc::invalid_argument));
  }

  void refuses(const match_key& key) {
    find_request request;
    request.keys = {key};
    refuses(request);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(find, find_catalogue)

BOOST_AUTO_TEST_CASE(a_study_is_answered_with_what_the_standard_asks_for) {
  auto mr = entry(7, 8, 9);
  mr.header.series.modality = "MR";
  add(entry(7, 7, 7));
  add(mr);
  find_request request;
  request.returned = {sop_classes_in_study};
  const auto found = page(request);
  BOOST_REQUIRE(found.matches.size() == 1u);
  BOOST_TEST(!found.more);
  BOOST_TEST(found.matches.front() ==
             R"({"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00080020":{"vr":"DA","Value":["20240131"]},)"
             R"("00080030":{"vr":"TM","Value":["102030"]},"00080050":{"vr":"SH","Value":["A7"]},)"
             R"("00080056":{"vr":"CS","Value":["ONLINE"]},"00080061":{"vr":"CS","Value":["CT","MR"]},)"
             R"("00080062":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.2"]},"00080090":{"vr":"PN"},)"
             R"("00081030":{"vr":"LO","Value":["CT HEAD"]},)"
             R"("00100010":{"vr":"PN","Value":[{"Alphabetic":"Doe^Jane 7"}]},)"
             R"("00100020":{"vr":"LO","Value":["P7"]},"00100030":{"vr":"DA","Value":["19700101"]},)"
             R"("00100040":{"vr":"CS","Value":["F"]},)"
             R"("0020000D":{"vr":"UI","Value":["1.2.826.0.1.3680043.10.543.1.7"]},"00200010":{"vr":"SH"},)"
             R"("00201206":{"vr":"IS","Value":[2]},"00201208":{"vr":"IS","Value":[2]}})");
}

BOOST_AUTO_TEST_CASE(every_level_finds_by_keys_of_every_level) {
  add(entry(1, 1, 1));
  add(entry(1, 2, 2));
  add(entry(2, 3, 3));
  BOOST_TEST(series_with({{{study_uid}, {uid("study", 1)}}}) == "1 2");
  BOOST_TEST(instances_with({{{study_uid}, {uid("study", 1)}}}) == "1 2");
  BOOST_TEST(instances_with({{{patient_id}, {"P2"}}}) == "3");
  BOOST_TEST(instances_with({{{series_uid}, {uid("series", 2)}}}) == "2");
  BOOST_TEST(instances_with({{{sop_instance_uid}, {uid("instance", 2)}}}) == "2");
  BOOST_TEST(instances_with({{{instance_number}, {"3"}}}) == "3");
  BOOST_TEST(instances_with({}) == "3 1 2");
  BOOST_TEST(studies_with({{{series_uid}, {uid("series", 2)}}}) == "1");
  BOOST_TEST(studies_with({{{sop_instance_uid}, {uid("instance", 3)}}}) == "2");
  BOOST_TEST(studies_with({{{sop_classes_in_study}, {"1.2.840.10008.5.1.4.1.1.2"}}}) == "2 1");
  BOOST_TEST(studies_with({{{sop_classes_in_study}, {"1.2.840.10008.5.1.4.1.1.4"}}}) == "");
  BOOST_TEST(series_with({{{sop_class_uid}, {"1.2.840.10008.5.1.4.1.1.2"}}, {{series_number}, {"2"}}}) == "2");
  find_request patients;
  patients.level = query_level::patient;
  patients.keys = {{{sop_instance_uid}, {uid("instance", 2)}}};
  const auto found = page(patients);
  BOOST_REQUIRE(found.matches.size() == 1u);
  BOOST_TEST(found.matches.front().find(R"("00201204":{"vr":"IS","Value":[2]})") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(single_values_lists_and_wildcards) {
  add(entry(1, 1, 1));
  add(entry(2, 2, 2));
  auto third = entry(3, 3, 3);
  third.header.study.description = "Schädel 100%_\\ nativ";
  third.header.study.accession_number = "a*3";
  third.header.series.description = "T1 axial";
  add(third);
  BOOST_TEST(studies_with({{{study_uid}, {uid("study", 1), uid("study", 3), "9"}}}) == "3 1");
  BOOST_TEST(studies_with({{{accession_number}, {"A1"}}}) == "1");
  BOOST_TEST(studies_with({{{accession_number}, {"a1"}}}) == "");
  BOOST_TEST(studies_with({{{accession_number}, {"A?"}}}) == "2 1");
  BOOST_TEST(studies_with({{{accession_number}, {"A1", "A2"}}}) == "2 1");
  BOOST_TEST(studies_with({{{accession_number}, {"*3"}}}) == "3");
  BOOST_TEST(studies_with({{{accession_number}, {"*"}}}) == "3 2 1");
  BOOST_TEST(studies_with({{{accession_number}, {}}}) == "3 2 1");
  BOOST_TEST(studies_with({{{accession_number}, {""}}}) == "3 2 1");
  BOOST_TEST(studies_with({{{accession_number}, {"A%"}}}) == "");
  BOOST_TEST(studies_with({{{study_description}, {"ct*"}}}) == "2 1");
  BOOST_TEST(studies_with({{{study_description}, {"schadel*"}}}) == "3");
  BOOST_TEST(studies_with({{{study_description}, {"*100%_\\ *"}}}) == "3");
  BOOST_TEST(studies_with({{{study_description}, {"schadel"}}}) == "");
  BOOST_TEST(studies_with({{{series_description}, {"T1*"}}}) == "3");
  BOOST_TEST(studies_with({{{modality}, {"C?"}}, {{series_number}, {"2"}}}) == "2");
  BOOST_TEST(studies_with({{{modalities_in_study}, {"CT", "US"}}}) == "3 2 1");
  BOOST_TEST(studies_with({{{modalities_in_study}, {"M*"}}}) == "");
}

BOOST_AUTO_TEST_CASE(names_are_found_by_component_group_in_their_own_script) {
  add(of(1, "Müller^Jörg"));
  add(of(2, "YAMADA^Tarou=山田^太郎=やまだ^たろう"));
  add(of(3, "Иванов^Пётр"));
  add(of(4, "Doe"));
  const auto named = [&](const std::string& name, bool fuzzy = false) {
    return studies_with({{{patient_name}, {name}}}, fuzzy);
  };
  BOOST_TEST(named("muller^jorg") == "1");
  BOOST_TEST(named("MÜLLER*") == "1");
  BOOST_TEST(named("muller") == "");
  BOOST_TEST(named("*jorg") == "1");
  BOOST_TEST(named("m?ller^*") == "1");
  BOOST_TEST(named("Yamada^Tarou") == "2");
  BOOST_TEST(named("山田*") == "2");
  BOOST_TEST(named("山田^太郎") == "2");
  BOOST_TEST(named("太郎") == "");
  BOOST_TEST(named("やまだ^*") == "2");
  BOOST_TEST(named("yamada^*=山田*") == "2");
  BOOST_TEST(named("=山田*") == "2");
  BOOST_TEST(named("иванов*") == "3");
  BOOST_TEST(named("Иванов^Петр") == "3");
  BOOST_TEST(named("doe^*") == "4");
  BOOST_TEST(named("do^*") == "");
  BOOST_TEST(named("%") == "");
  BOOST_TEST(named("P1") == "");
  BOOST_TEST(named("jorg mull", true) == "1");
  BOOST_TEST(named("Tarou^Yam", true) == "2");
  BOOST_TEST(named("太", true) == "2");
  BOOST_TEST(named("ller", true) == "");
  BOOST_TEST(named("Miller", true) == "1");
  BOOST_TEST(named("Yamata", true) == "2");
  BOOST_TEST(named("Miller") == "");
}

BOOST_AUTO_TEST_CASE(names_of_physicians_are_names_too) {
  auto one = entry(1, 1, 1);
  one.header.study.referring_physician = "Größe^Anna=王^小東";
  add(one);
  add(entry(2, 2, 2));
  BOOST_TEST(studies_with({{{referring_physician}, {"grosse*"}}}) == "1");
  BOOST_TEST(studies_with({{{referring_physician}, {"王*"}}}) == "1");
  BOOST_TEST(studies_with({{{referring_physician}, {"nobody"}}}) == "");
}

BOOST_AUTO_TEST_CASE(dates_and_times_are_one_range_of_moments) {
  const auto at = [](int study, const std::string& date, const std::string& time) {
    auto one = entry(study, study, study);
    one.header.study.date = date;
    one.header.study.time = time;
    return one;
  };
  add(at(1, "20240130", "230000"));
  add(at(2, "20240131", "080000"));
  add(at(3, "20240131", "120000.5"));
  add(at(4, "20240201", "090000"));
  add(at(5, "", ""));
  const auto dated = [&](const std::string& date, const std::string& time) {
    return studies_with({{{study_date}, {date}}, {{study_time}, {time}}});
  };
  BOOST_TEST(dated("20240131", "") == "3 2");
  BOOST_TEST(dated("20240131-", "") == "4 3 2");
  BOOST_TEST(dated("-20240130", "") == "1");
  BOOST_TEST(dated("20240130-20240131", "") == "3 2 1");
  BOOST_TEST(dated("2024.01.31", "") == "3 2");
  BOOST_TEST(dated("", "0800") == "2");
  BOOST_TEST(dated("", "08:00:00-1200") == "4 3 2");
  BOOST_TEST(dated("", "12") == "3");
  BOOST_TEST(dated("20240130-20240131", "2200-0830") == "2 1");
  BOOST_TEST(dated("20240131-20240201", "0900-0900") == "4 3");
  BOOST_TEST(dated("20240131-", "0900-") == "4 3");
  BOOST_TEST(dated("-20240131", "-0900") == "2 1");
  BOOST_TEST(dated("20240131", "0900-1300") == "3");
  for (const char* wrong : {"2024", "2024013", "x", "-", "20240131-x", "' or 1=1"}) refuses({{study_date}, {wrong}});
  for (const char* wrong : {"9", "12000", "120000.", "120000.1234567", "noon"}) refuses({{study_time}, {wrong}});
}

BOOST_AUTO_TEST_CASE(what_is_no_query_of_ours_is_refused_or_told) {
  add(entry(1, 1, 1));
  refuses({{series_number}, {"one"}});
  refuses({{series_number}, {"1; drop table studies"}});
  refuses(match_key{});
  find_request request;
  for (const int32_t limit : {0, -1, 1001, 2'000'000'000}) {
    request.limit = limit;
    refuses(request);
  }
  request = {};
  request.offset = -1;
  refuses(request);
  request = {};
  request.keys.assign(257, {{patient_id}, {"P1"}});
  refuses(request);
  request = {};
  request.order = {{0x7FE00010, false}};
  refuses(request);
  request = {};
  request.keys = {{{0x00091001}, {"x"}}, {{0x00091002}, {""}}, {{patient_id}, {"P1"}}};
  const auto found = page(request);
  BOOST_TEST(found.matches.size() == 1u);
  BOOST_TEST((found.ignored == std::vector<uint32_t>{0x00091001}));
}

BOOST_AUTO_TEST_CASE(values_are_never_sql) {
  add(entry(1, 1, 1));
  for (const std::string evil : {"' or 'a'='a", "\\' or 1=1 --", "$1", "%", "_", "\"; drop table studies; --", "{}",
                                 "{a,b}", "\\", "\\\\*", "'\\*", "\xff\xfe*"}) {
    for (const auto tag : {accession_number, study_description, referring_physician, patient_name, patient_id,
                           study_uid, modalities_in_study, modality, sop_class_uid, 0x00101010u, 0x00081050u}) {
      BOOST_TEST(studies_with({{{tag}, {evil}}}) == "", evil << " in " << tag);
    }
  }
  BOOST_TEST(ask("select count(*) from studies") == "1");
}

BOOST_AUTO_TEST_CASE(pages_follow_one_another) {
  for (int n = 1; n <= 7; ++n) add(entry(n, n, n));
  find_request request;
  request.limit = 3;
  BOOST_TEST(numbers(request, "0020000D") == "7 6 5");
  BOOST_TEST(page(request).more);
  request.offset = 6;
  BOOST_TEST(numbers(request, "0020000D") == "1");
  BOOST_TEST(!page(request).more);
  request.offset = 4;
  BOOST_TEST(!page(request).more);
  request.offset = 1'000'000'000'000;
  BOOST_TEST(page(request).matches.empty());
  request.offset = 0;
  request.order = {{accession_number, false}};
  BOOST_TEST(numbers(request, "0020000D") == "1 2 3");
  request.order = {{patient_name, true}};
  BOOST_TEST(numbers(request, "0020000D") == "7 6 5");
}

BOOST_AUTO_TEST_CASE(other_facilities_do_not_exist) {
  auto north = entry(2, 2, 2);
  north.from.from = entity(2);
  add(entry(1, 1, 1));
  add(north);
  for (const auto level : {query_level::patient, query_level::study, query_level::series, query_level::instance}) {
    find_request request;
    request.level = level;
    request.who = entity(2);
    BOOST_TEST(page(request).matches.size() == 1u);
    request.keys = {{{sop_instance_uid}, {uid("instance", 1)}}};
    BOOST_TEST(page(request).matches.empty());
    request.who = entity(3);
    BOOST_TEST(page(request).matches.empty());
    request.who = principal{};
    BOOST_TEST(matches.find(request).matches.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
