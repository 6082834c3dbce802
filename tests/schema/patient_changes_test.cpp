#include "schema/repositories/patient_changes.hpp"
#include "schema/repositories/study_changes.hpp"
#include "tests/schema/catalogue.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

/// Study 1 of patient P1, studies 2 and 3 of P2.
struct two_patients : catalogue {
  patient_changes_repository changes{db};
  study_changes_repository worklist{db};
  int64_t first = 0, second = 0;

  two_patients() {
    auto third = entry(3, 3, 3);
    third.header.patient = entry(2, 2, 2).header.patient;
    for (const auto& one : {entry(1, 1, 1), entry(2, 2, 2), third}) add(one);
    first = patient_of(1).id;
    second = patient_of(2).id;
  }

  study_row study(int number) { return studies.study({everyone, {0, uid("study", number)}}).study; }
  patient_row patient_of(int number) { return study(number).patient; }
  patient_row merge() { return changes.merge({everyone, second, first, "one person"}); }
  int64_t patients() { return studies.totals({everyone}).patients; }
};

const auto conflict = has_code(errc::state_conflict);

} // namespace

BOOST_FIXTURE_TEST_SUITE(patient_changes, two_patients)

BOOST_AUTO_TEST_CASE(merged_patients_are_one_and_are_found_as_one) {
  BOOST_TEST(patients() == 2);
  BOOST_TEST(merge().id == first);
  BOOST_TEST(patients() == 1);
  BOOST_TEST(patient_of(3).patient_id == "P1");
  study_filter filter;
  filter.search = "P1";
  BOOST_TEST(found(filter) == "3 2 1");
  filter.search = "P2";
  BOOST_TEST(found(filter) == "");
  BOOST_TEST(ask("select studies::text || ' ' || reason from patient_changes") == "{2,3} one person");
  BOOST_TEST(ask("select action from audit") == "patient.merge");
  BOOST_TEST(ask("select count(*) from events where type = 'study.updated'") == "2");
  BOOST_CHECK_EXCEPTION(merge(), database_error, conflict);
  BOOST_CHECK_EXCEPTION(changes.merge({everyone, first, second, "back"}), database_error, conflict);
}

BOOST_AUTO_TEST_CASE(what_still_comes_for_the_merged_patient_is_taken) {
  merge();
  add(entry(2, 2, 22));
  BOOST_TEST(study(2).number_of_instances == 2);
  auto fresh = entry(4, 4, 4);
  fresh.header.patient = entry(2, 2, 2).header.patient;
  add(fresh);
  BOOST_TEST(patient_of(4).id == first);
  BOOST_TEST(patients() == 1);
}

BOOST_AUTO_TEST_CASE(an_object_in_conflict_is_taken_once_the_patients_are_merged) {
  auto wrong = entry(1, 1, 5);
  wrong.header.patient = entry(2, 2, 2).header.patient;
  BOOST_TEST(refusal_of(index(db, wrong)).code == errc::patient_conflict);
  merge();
  BOOST_TEST(result_of(index(db, wrong)).what == disposition::stored);
  auto stranger = entry(1, 1, 6);
  stranger.header.patient.id = "P9";
  BOOST_TEST(refusal_of(index(db, stranger)).code == errc::patient_conflict);
}

BOOST_AUTO_TEST_CASE(a_split_undoes_a_merge) {
  merge();
  const auto back = changes.split({everyone, {study(2).id, study(3).id}, {second, "", "", "", "", ""}, "two people"});
  BOOST_TEST(back.id == second);
  BOOST_TEST(patients() == 2);
  BOOST_TEST(patient_of(2).id == second);
  BOOST_TEST(patient_of(1).id == first);
  auto fresh = entry(4, 4, 4);
  fresh.header.patient = entry(2, 2, 2).header.patient;
  add(fresh);
  BOOST_TEST(patient_of(4).id == second);
}

BOOST_AUTO_TEST_CASE(a_split_corrects_a_wrong_patient_id) {
  const auto made =
      changes.split({everyone, {study(3).id}, {0, "P7", "", "Roe^Jane", "19800101", "F"}, "typing error"});
  BOOST_TEST(made.patient_id == "P7");
  BOOST_TEST(patients() == 3);
  BOOST_TEST(patient_of(3).name == "Roe^Jane");
  auto wrong_still = entry(3, 3, 33);
  wrong_still.header.patient = entry(2, 2, 2).header.patient;
  add(wrong_still);
  auto right = entry(3, 3, 34);
  right.header.patient.id = "P7";
  add(right);
  BOOST_TEST(study(3).number_of_instances == 3);
}

BOOST_AUTO_TEST_CASE(patients_of_two_facilities_stay_apart) {
  auto elsewhere = entry(5, 5, 5);
  elsewhere.from.from = entity(2);
  add(elsewhere);
  const auto other = patient_of(5).id;
  BOOST_CHECK_EXCEPTION(changes.merge({everyone, other, first, "x"}), database_error, conflict);
  BOOST_CHECK_EXCEPTION(changes.split({everyone, {study(5).id}, {first, "", "", "", "", ""}, "x"}), database_error,
                        conflict);
  auto editor = entity(1);
  BOOST_CHECK_EXCEPTION(changes.merge({editor, first, second, "x"}), database_error, has_code(errc::permission_denied));
  editor.permissions = permissions_of_role("technician");
  BOOST_CHECK_EXCEPTION(changes.merge({editor, other, first, "x"}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(changes.split({editor, {study(5).id}, {first, "", "", "", "", ""}, "x"}), database_error,
                        has_code(errc::not_found));
  for (const auto& wrong : {merge_request{everyone, first, first, "x"}, merge_request{everyone, first, second, ""}})
    BOOST_CHECK_EXCEPTION(changes.merge(wrong), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(changes.split({everyone, {}, {first, "", "", "", "", ""}, "x"}), database_error,
                        has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_studys_status_moves_as_it_may_and_each_move_is_kept) {
  const auto to = [&](const std::string& status) {
    study_change change;
    change.who = everyone;
    change.key.uid = uid("study", 1);
    change.status = status;
    return worklist.apply(change).status;
  };
  BOOST_CHECK_EXCEPTION(to("reported"), database_error, conflict);
  BOOST_CHECK_EXCEPTION(to("gone"), database_error, has_code(errc::invalid_argument));
  for (const auto* next : {"completed", "reported", "suspended", "completed", "reported", "approved"})
    BOOST_TEST(to(next) == next);
  BOOST_CHECK_EXCEPTION(to("cancelled"), database_error, conflict);
  BOOST_TEST(ask("select string_agg(who || ':' || to_status, ' ' order by id) from study_status_changes") ==
             "test:completed test:reported test:suspended test:completed test:reported test:approved");
  index_repository{db}.complete_idle_studies(0);
  BOOST_TEST(ask("select string_agg(distinct who || ':' || to_status, ' ') from study_status_changes "
                 "where study <> 1") == "system:completed");
}

BOOST_AUTO_TEST_CASE(priority_and_reader_change_by_who_may) {
  tell(options, "insert into users (username, full_name, role, password_hash) values ('ada', '', 'radiologist', 'x'), "
                "('bob', '', 'radiologist', 'x'); insert into user_facilities values (1, 1, 1), (2, 2, 1)");
  study_change change;
  change.who = everyone;
  change.key.id = study(1).id;
  BOOST_CHECK_EXCEPTION(worklist.apply(change), database_error, has_code(errc::invalid_argument));
  change.priority = std::string{"stat"};
  change.assigned_to = 1;
  BOOST_TEST(worklist.apply(change).priority == "stat");
  BOOST_TEST(ask("select assigned_to from studies where id = 1") == "1");
  change.assigned_to = 2; // of another facility
  BOOST_CHECK_EXCEPTION(worklist.apply(change), database_error, has_code(errc::invalid_argument));
  change.assigned_to = 0;
  worklist.apply(change);
  BOOST_TEST(ask("select count(*) from studies where assigned_to is not null") == "0");
  change.who = entity(1);
  BOOST_CHECK_EXCEPTION(worklist.apply(change), database_error, has_code(errc::permission_denied));
  change.who = entity(2);
  change.who.permissions = permissions_of_role("radiologist");
  BOOST_CHECK_EXCEPTION(worklist.apply(change), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
