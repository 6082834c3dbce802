#include "tests/schema/fixture.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

index_entry of_patient(int number, const patient_attributes& patient) {
  auto result = entry(number, number, number);
  result.header.patient = patient;
  return result;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(patient_identity, migrated)

BOOST_AUTO_TEST_CASE(one_key_with_compatible_identities_is_one_patient) {
  index_repository{db}.index_batch(
      {of_patient(1, {"P", "", "Müller^Jörg", "19700101", "M"}), of_patient(2, {"P", "", "MULLER^JORG^^", "", ""}),
       of_patient(3, {"P", "", "", "19700101", "M"}), of_patient(4, {"P", "", "Müller^Jörg=山田", "19700101", ""})});
  BOOST_TEST(ask("select count(*) || ' ' || bool_or(identity_conflict) from patients") == "1 false");
}

BOOST_AUTO_TEST_CASE(one_key_with_different_people_is_two_patients_both_flagged_and_told) {
  index(db, of_patient(1, {"P", "", "Doe^Jane", "19700101", "F"}));
  index_repository{db}.index_batch({of_patient(2, {"P", "", "Smith^John", "19700101", "M"}),
                                    of_patient(3, {"P", "", "Smith^John", "", ""}),
                                    of_patient(4, {"P", "", "Doe^Jane", "19800101", "F"})});
  BOOST_TEST(ask("select count(*) || ' ' || bool_and(identity_conflict) from patients") == "3 true");
  BOOST_TEST(ask("select count(*) from events where type = 'alert.patient_identity'") == "2");
  BOOST_TEST(ask("select count(*) from studies s join patients p on p.id = s.patient where p.name = 'Smith^John'") ==
             "2");
}

BOOST_AUTO_TEST_CASE(issuers_and_facilities_keep_patients_apart) {
  tell(options, "insert into facilities (name) values ('North')");
  auto north = of_patient(3, {"P", "", "Doe^Jane", "", ""});
  north.from.from = entity(2);
  index_repository{db}.index_batch(
      {of_patient(1, {"P", "", "Doe^Jane", "", ""}), of_patient(2, {"P", "HOSPITAL", "Doe^Jane", "", ""}), north});
  BOOST_TEST(ask("select count(*) || ' ' || bool_or(identity_conflict) from patients") == "3 false");
}

BOOST_AUTO_TEST_CASE(people_without_a_patient_id_are_never_merged_by_absence) {
  index_repository{db}.index_batch({of_patient(1, {"", "", "Doe^Jane", "", ""}), of_patient(2, {"", "", "", "", ""}),
                                    of_patient(3, {"", "", "Roe^Richard", "", ""}),
                                    of_patient(4, {"", "", "DOE^JANE", "", ""})});
  BOOST_TEST(ask("select count(*) || ' ' || bool_or(identity_conflict) from patients") == "3 false");
  BOOST_TEST(ask("select count(*) from events where type like 'alert%'") == "0");
}

BOOST_AUTO_TEST_SUITE_END()
