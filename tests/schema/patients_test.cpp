#include "schema/repositories/patients.hpp"
#include "tests/schema/catalogue.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct patient_catalogue : catalogue {
  patients_repository patients{reader};

  /// Returns the Patient IDs that a search finds, in order.
  std::string found(const std::string& search, const principal& who) {
    patient_filter filter;
    filter.who = who;
    filter.search = search;
    const auto page = patients.list(filter);
    BOOST_TEST(page.count == static_cast<int64_t>(page.patients.size()));
    std::string result;
    for (const auto& one : page.patients) result += (result.empty() ? "" : " ") + one.patient_id;
    return result;
  }

  std::string found(const std::string& search) { return found(search, everyone); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(patients, patient_catalogue)

BOOST_AUTO_TEST_CASE(patients_are_found_by_words_of_name_and_id) {
  add(of(1, "Müller^Jörg"));
  add(of(2, "YAMADA^Tarou=山田^太郎"));
  add(of(3, "Abel^Zoe"));
  BOOST_TEST(found("") == "P3 P1 P2");
  BOOST_TEST(found("jorg MUL") == "P1");
  BOOST_TEST(found("z") == "P3");
  BOOST_TEST(found("太") == "P2");
  BOOST_TEST(found("山田") == "P2");
  BOOST_TEST(found("p2") == "P2");
  BOOST_TEST(found("%") == "");
  patient_filter filter;
  filter.who = everyone;
  filter.patient_id = "P3";
  BOOST_TEST(patients.list(filter).count == 1);
  filter.page_size = 0;
  BOOST_CHECK_EXCEPTION(patients.list(filter), database_error, has_code(errc::invalid_argument));
  filter.page_size = 200;
  filter.page = 2'000'000'000;
  BOOST_CHECK_EXCEPTION(patients.list(filter), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_patient_has_its_studies_newest_first) {
  auto second = of(2, "Müller^Jörg", "20250101");
  second.header.patient.id = "P1";
  add(of(1, "Müller^Jörg"));
  add(second);
  const auto detail = patients.patient({everyone, 1});
  BOOST_TEST(detail.patient.name == "Müller^Jörg");
  BOOST_TEST(detail.facility.name == "Default");
  BOOST_TEST(!detail.identity_conflict);
  BOOST_REQUIRE(detail.studies.size() == 2u);
  BOOST_TEST(detail.studies.front().attributes.uid == uid("study", 2));
  BOOST_CHECK_EXCEPTION(patients.patient({everyone, 9}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(patients_of_other_facilities_do_not_exist) {
  add(of(1, "Müller^Jörg"));
  BOOST_TEST(found("", entity(1)) == "P1");
  BOOST_TEST(found("", entity(2)) == "");
  BOOST_CHECK_EXCEPTION(patients.patient({entity(2), 1}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
