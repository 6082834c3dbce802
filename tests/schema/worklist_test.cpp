#include "tests/schema/catalogue.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

study_filter searching(const std::string& text) {
  study_filter filter;
  filter.search = text;
  return filter;
}

study_filter naming(const std::string& text) {
  study_filter filter;
  filter.patient_name = text;
  return filter;
}

study_filter ordered(const std::string& ordering) {
  study_filter filter;
  filter.ordering = ordering;
  return filter;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(worklist, catalogue)

BOOST_AUTO_TEST_CASE(a_study_comes_back_as_it_was_indexed) {
  auto mr = entry(7, 8, 9);
  mr.header.series.modality = "MR";
  add(entry(7, 7, 7));
  add(mr);
  study_filter filter;
  filter.who = everyone;
  const auto page = studies.list(filter);
  BOOST_TEST(page.count == 1);
  BOOST_TEST(!page.count_is_capped);
  BOOST_REQUIRE(page.studies.size() == 1u);
  const auto& study = page.studies.front();
  BOOST_TEST(study.patient.patient_id == "P7");
  BOOST_TEST(study.patient.name == "Doe^Jane 7");
  BOOST_TEST(study.patient.birth_date == "19700101");
  BOOST_TEST(study.facility.name == "Default");
  BOOST_TEST(study.attributes.date == "20240131");
  BOOST_TEST(study.attributes.accession_number == "A7");
  BOOST_TEST((study.modalities == std::vector<std::string>{"CT", "MR"}));
  BOOST_TEST(study.number_of_series == 2);
  BOOST_TEST(study.number_of_instances == 2);
  BOOST_TEST(study.storage_size == 2000);
  BOOST_TEST(study.status == "in_progress");
  BOOST_TEST(study.priority == "routine");
  BOOST_TEST(study.uploaded_at > 1'700'000'000'000);
}

BOOST_AUTO_TEST_CASE(names_are_found_without_case_accents_and_order) {
  add(of(1, "Müller^Jörg"));
  add(of(2, "YAMADA^Tarou=山田^太郎=やまだ^たろう"));
  add(of(3, "Иванов^Пётр"));
  add(of(4, "O'Brien^100%_\\x"));
  BOOST_TEST(found(searching("muller")) == "1");
  BOOST_TEST(found(searching("JORG mül")) == "1");
  BOOST_TEST(found(searching("Müller^Jörg")) == "1");
  BOOST_TEST(found(naming("山田")) == "2");
  BOOST_TEST(found(naming("太郎")) == "2");
  BOOST_TEST(found(naming("やまだ")) == "2");
  BOOST_TEST(found(naming("иванов")) == "3");
  BOOST_TEST(found(naming("петр")) == "3");
  BOOST_TEST(found(naming("%_")) == "");
  BOOST_TEST(found(naming("100%_\\")) == "4");
  BOOST_TEST(found(naming("1__%")) == "");
  BOOST_TEST(found(naming("m")) == "1");
  BOOST_TEST(found(naming("ül")) == "");
  BOOST_TEST(found(searching("A3")) == "3");
  BOOST_TEST(found(searching("P4 brien")) == "4");
  BOOST_TEST(found(naming("P4")) == "");
  BOOST_TEST(found(searching("ct head")) == "4 3 2 1");
}

BOOST_AUTO_TEST_CASE(each_field_restricts) {
  add(of(1, "Doe^Jane", "20230101"));
  add(of(2, "Roe^Richard", "20240101"));
  add(of(3, "Poe^Edgar", ""));
  auto mr = of(4, "Moe^Mary", "20250101");
  mr.header.series.modality = "MR";
  add(mr);
  tell(options, "update studies set status = 'reported', priority = 'stat' where uid = '" + uid("study", 2) + "'");
  study_filter filter;
  filter.date_from = "20240101";
  BOOST_TEST(found(filter) == "4 2");
  filter.date_to = "20240101";
  BOOST_TEST(found(filter) == "2");
  filter = {};
  filter.date_to = "20240101";
  BOOST_TEST(found(filter) == "2 1");
  filter = {};
  filter.modalities = {"MR", "US"};
  BOOST_TEST(found(filter) == "4");
  filter = {};
  filter.statuses = {"reported", "approved"};
  BOOST_TEST(found(filter) == "2");
  filter = {};
  filter.priorities = {"stat"};
  BOOST_TEST(found(filter) == "2");
  filter = {};
  filter.patient_id = "P3";
  BOOST_TEST(found(filter) == "3");
  filter = {};
  filter.accession_number = "A4";
  BOOST_TEST(found(filter) == "4");
  filter = {};
  filter.study_instance_uid = uid("study", 1);
  BOOST_TEST(found(filter) == "1");
  filter = {};
  filter.facility = 2;
  BOOST_TEST(found(filter) == "");
}

BOOST_AUTO_TEST_CASE(readers_and_reports_restrict) {
  for (int number = 1; number <= 4; ++number) add(of(number, "Doe^Jane"));
  tell(options, "insert into users (username, full_name, role, password_hash) values ('ada', '', 'radiologist', 'x'), "
                "('bob', '', 'radiologist', 'x'); update studies set assigned_to = id where id < 3; "
                "insert into reports (study, author, status) values (3, 1, 'draft'), (1, 1, 'final')");
  study_filter filter;
  filter.readers = {1};
  BOOST_TEST(found(filter) == "1");
  filter.readers = {0};
  BOOST_TEST(found(filter) == "4 3");
  filter.readers = {2, 0};
  BOOST_TEST(found(filter) == "4 3 2");
  filter.report_statuses = {"none"};
  BOOST_TEST(found(filter) == "4 2");
  filter.readers = {};
  filter.report_statuses = {"final", "draft"};
  BOOST_TEST(found(filter) == "3 1");
}

BOOST_AUTO_TEST_CASE(pages_follow_the_ordering) {
  add(of(1, "Zed^A", "20230101"));
  add(of(2, "Ärzte^B", "20250101"));
  add(of(3, "moe^C", "20240101"));
  BOOST_TEST(found(ordered("-study_date")) == "2 3 1");
  BOOST_TEST(found(ordered("study_date")) == "1 3 2");
  BOOST_TEST(found(ordered("patient_name")) == "2 3 1");
  BOOST_TEST(found(ordered("-patient_name")) == "1 3 2");
  BOOST_TEST(found(ordered("upload_date")) == "1 2 3");
  tell(options, "update studies set priority = 'stat' where uid = '" + uid("study", 1) + "'");
  BOOST_TEST(found(ordered("-priority")) == "1 2 3");
  BOOST_TEST(found(ordered("modality")) == "1 3 2");
  study_filter second;
  second.page = 2;
  second.page_size = 2;
  BOOST_TEST(found(second) == "1");
}

BOOST_AUTO_TEST_CASE(what_words_find_is_counted_to_a_thousand) {
  add(of(1, "Doe^Jane"));
  tell(options,
       "insert into studies (uid, facility, patient, study_date, study_time, study_id, accession_number, "
       "description, referring_physician, search_text) select '1.9.' || n, 1, 1, '20200101', '', '', '', '', '', "
       "search_text from studies, generate_series(1, 1100) n");
  study_filter filter = searching("doe");
  filter.who = everyone;
  auto page = studies.list(filter);
  BOOST_TEST(page.count == 1000);
  BOOST_TEST(page.count_is_capped);
  filter.page = 21;
  page = studies.list(filter);
  BOOST_TEST(page.count == 1050);
  BOOST_TEST(page.count_is_capped);
  filter.page = 23;
  page = studies.list(filter);
  BOOST_TEST(page.studies.size() == 1u);
  BOOST_TEST(page.count == 1101);
  BOOST_TEST(!page.count_is_capped);
  filter.page = 24;
  page = studies.list(filter);
  BOOST_TEST(page.studies.empty());
}

BOOST_AUTO_TEST_CASE(values_that_cannot_be_are_refused_by_name) {
  const auto refuses = [&](study_filter filter) {
    filter.who = everyone;
    BOOST_CHECK_EXCEPTION(studies.list(filter), database_error, has_code(errc::invalid_argument));
  };
  refuses(ordered("size"));
  refuses(ordered(""));
  study_filter filter;
  filter.date_from = "2024-01-01";
  refuses(filter);
  filter = {};
  filter.statuses = {"done"};
  refuses(filter);
  filter = {};
  filter.priorities = {"high"};
  refuses(filter);
  filter = {};
  filter.page_size = 201;
  refuses(filter);
  filter = {};
  filter.page = 100'000;
  refuses(filter);
}

BOOST_AUTO_TEST_SUITE_END()
