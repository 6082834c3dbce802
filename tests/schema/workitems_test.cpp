#include "schema/repositories/performed_steps.hpp"
#include "schema/repositories/workitems.hpp"
#include "tests/schema/fixture.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

constexpr const char* attributes = R"({"00100010":{"vr":"PN","Value":[{"Alphabetic":"Müller^Jörg"}]},
"00100020":{"vr":"LO","Value":["P1"]},"00080050":{"vr":"SH","Value":["A1"]},
"0020000D":{"vr":"UI","Value":["1.2.3"]},"00401001":{"vr":"SH","Value":["R1"]},
"00400100":{"vr":"SQ","Value":[{"00080060":{"vr":"CS","Value":["CT"]},"00400001":{"vr":"AE","Value":["CT1"]},
"00400002":{"vr":"DA","Value":["20260102"]},"00400003":{"vr":"TM","Value":["1030"]},
"00400009":{"vr":"SH","Value":["S1"]}}]}})";

struct desk : migrated {
  workitems_repository workitems{db};
  principal technician = entity(1);
  principal modality = entity(1);

  desk() { technician.permissions = permissions_of_role("technician"); }

  workitem add(const std::string& uid) { return workitems.put({technician, uid, true, attributes, ""}); }
  std::string move(const std::string& uid, const std::string& state, const std::string& transaction = "1.9") {
    return workitems.move({modality, uid, state, transaction, ""}).state;
  }
};

const auto conflict = has_code(errc::state_conflict);

} // namespace

BOOST_FIXTURE_TEST_SUITE(workitems_repository_, desk)

BOOST_AUTO_TEST_CASE(what_queries_narrow_by_is_taken_from_the_attributes) {
  const auto made = add("1.1");
  BOOST_TEST(made.state == "SCHEDULED");
  BOOST_TEST(made.facility == 1);
  BOOST_TEST(ask("select concat_ws('|', patient_id, name_folded, accession_number, study_uid, procedure_id, step_id, "
                 "station_aet, modality, start_date, start_time) from workitems") ==
             "P1|muller jorg|A1|1.2.3|R1|S1|CT1|CT|20260102|1030");
  workitems.put({technician, "1.1", false, R"({"00080050":{"vr":"SH","Value":["A2"]}})", ""});
  BOOST_TEST(ask("select accession_number || patient_id from workitems") == "A2P1");
  BOOST_TEST(ask("select string_agg(action, ' ' order by id) from audit") == "workitem.create workitem.change");
}

BOOST_AUTO_TEST_CASE(a_workitem_is_claimed_completed_and_then_final) {
  add("1.1");
  BOOST_CHECK_EXCEPTION(add("1.1"), database_error, conflict);
  BOOST_CHECK_EXCEPTION(move("1.1", "COMPLETED"), database_error, conflict);
  BOOST_CHECK_EXCEPTION(move("1.1", "SCHEDULED"), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(move("1.1", "IN PROGRESS", ""), database_error, has_code(errc::invalid_argument));
  BOOST_TEST(move("1.1", "IN PROGRESS") == "IN PROGRESS");
  BOOST_CHECK_EXCEPTION(move("1.1", "IN PROGRESS"), database_error, conflict);
  BOOST_CHECK_EXCEPTION(move("1.1", "COMPLETED", "1.8"), database_error, conflict);
  BOOST_CHECK_EXCEPTION(workitems.put({technician, "1.1", false, "{}", "1.8"}), database_error, conflict);
  BOOST_CHECK_EXCEPTION(workitems.remove({technician, "1.1"}), database_error, conflict);
  workitems.put({technician, "1.1", false, "{}", "1.9"});
  BOOST_TEST(move("1.1", "COMPLETED") == "COMPLETED");
  BOOST_CHECK_EXCEPTION(move("1.1", "CANCELED"), database_error, conflict);
  BOOST_CHECK_EXCEPTION(workitems.put({technician, "1.1", false, "{}", "1.9"}), database_error, conflict);
}

BOOST_AUTO_TEST_CASE(what_is_scheduled_can_be_cancelled_or_withdrawn) {
  add("1.1");
  add("1.2");
  BOOST_TEST(move("1.1", "CANCELED", "") == "CANCELED");
  workitems.remove({technician, "1.2"});
  BOOST_CHECK_EXCEPTION(workitems.find({modality, "1.2"}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(workitems_belong_to_a_facility_and_want_permission) {
  tell(options, "insert into facilities (name) values ('North')");
  add("1.1");
  BOOST_TEST(workitems.find({modality, "1.1"}).uid == "1.1");
  BOOST_CHECK_EXCEPTION(workitems.find({entity(2), "1.1"}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(workitems.move({entity(2), "1.1", "CANCELED", "", ""}), database_error,
                        has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(workitems.put({modality, "1.3", true, "{}", ""}), database_error,
                        has_code(errc::permission_denied));
  BOOST_CHECK_EXCEPTION(workitems.put({technician, "1.3'", true, "{}", ""}), database_error,
                        has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(workitems.remove({modality, "1.1"}), database_error, has_code(errc::permission_denied));
}

BOOST_AUTO_TEST_CASE(a_performed_step_takes_the_workitem_that_it_refers_to_along) {
  performed_steps_repository performed{db};
  add("1.1");
  const auto refers = std::string{R"({"00400270":{"vr":"SQ","Value":[{"0020000D":{"vr":"UI","Value":["1.2.3"]},)"
                                  R"("00400009":{"vr":"SH","Value":["S1"]}}]},)"};
  const auto in_state = [](const std::string& state) {
    return R"("00400252":{"vr":"CS","Value":[")" + state + R"("]}})";
  };
  const auto state = [&] { return workitems.find({technician, "1.1"}).state; };
  BOOST_CHECK_EXCEPTION(performed.put({modality, "1.5", true, refers + in_state("COMPLETED")}), database_error,
                        has_code(errc::invalid_argument));
  performed.put({modality, "1.5", true, refers + in_state("IN PROGRESS")});
  BOOST_TEST(state() == "IN PROGRESS");
  BOOST_CHECK_EXCEPTION(performed.put({modality, "1.5", true, refers + in_state("IN PROGRESS")}), database_error,
                        conflict);
  performed.put({modality, "1.5", false, R"({"00400254":{"vr":"LO","Value":["CT head"]}})"});
  performed.put({modality, "1.5", false, "{" + in_state("COMPLETED")});
  BOOST_TEST(state() == "COMPLETED");
  BOOST_TEST(ask("select attributes #>> '{00400254,Value,0}' from performed_steps") == "CT head");
  BOOST_CHECK_EXCEPTION(performed.put({modality, "1.5", false, "{" + in_state("DISCONTINUED")}), database_error,
                        conflict);
  BOOST_CHECK_EXCEPTION(performed.put({modality, "1.6", false, "{}"}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(performed.put({entity(2), "1.5", false, "{}"}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(images_begin_a_step_and_the_completed_study_ends_it) {
  add("1.1");
  auto other = std::string{attributes};
  other.replace(other.find("1.2.3"), 5, "1.2.4");
  workitems.put({technician, "1.2", true, other, ""});
  auto image = entry(1, 1, 1);
  image.header.study.uid = "1.2.3";
  image.header.study.accession_number.clear();
  result_of(index(db, image));
  BOOST_TEST(workitems.find({technician, "1.1"}).state == "IN PROGRESS");
  BOOST_TEST(workitems.find({technician, "1.2"}).state == "SCHEDULED");
  auto by_accession = entry(1, 2, 2); // of patient P1, accession number A1
  result_of(index(db, by_accession));
  BOOST_TEST(workitems.find({technician, "1.2"}).state == "IN PROGRESS");
  index_repository{db}.complete_idle_studies(0);
  BOOST_TEST(workitems.find({technician, "1.1"}).state == "COMPLETED");
}

BOOST_AUTO_TEST_SUITE_END()
