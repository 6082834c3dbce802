#include "tests/schema/fixture.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

BOOST_FIXTURE_TEST_SUITE(index_repository_, migrated)

BOOST_AUTO_TEST_CASE(a_batch_is_stored_with_its_counts_locations_and_events) {
  auto mr = entry(1, 2, 4);
  mr.header.series.modality = "MR";
  const auto answers = index_repository{db}.index_batch({entry(1, 1, 1), entry(1, 1, 2), entry(2, 3, 3), mr});
  for (const auto& answer : answers) BOOST_TEST(result_of(answer).what == disposition::stored);
  BOOST_TEST(ask("select number_of_series || ' ' || number_of_instances || ' ' || storage_size || ' ' || "
                 "modalities::text || ' ' || body_part || ' ' || status from studies where uid = '" +
                 uid("study", 1) + "'") == "2 3 3000 {CT,MR} HEAD in_progress");
  BOOST_TEST(ask("select number_of_instances from series where uid = '" + uid("series", 1) + "'") == "2");
  BOOST_TEST(ask("select sum(patients) || ' ' || sum(studies) || ' ' || sum(series) || ' ' || sum(instances) || ' ' || "
                 "sum(bytes) from facility_counts") == "2 2 3 4 4000");
  BOOST_TEST(ask("select count(*) from locations") == "4");
  BOOST_TEST(ask("select count(*) || ' ' || sum((payload->>'number_of_instances')::int) from events where type = "
                 "'instance.stored'") == "3 4");
  BOOST_TEST(ask("select payload - 'study_id' - 'study_instance_uid' - 'series_instance_uid' from events "
                 "where payload->>'modality' = 'MR'") ==
             R"({"modality": "MR", "number_of_instances": 1, "study_number_of_series": 2, )"
             R"("study_number_of_instances": 3})");
}

BOOST_AUTO_TEST_CASE(the_same_bytes_at_another_place_are_a_duplicate_of_what_is_kept) {
  const auto first = result_of(index(db, entry(1, 1, 1)));
  auto again = entry(1, 1, 1);
  again.file.where.path = "other/place.dcm";
  const auto second = result_of(index(db, again));
  BOOST_TEST(second.what == disposition::duplicate);
  BOOST_TEST(second.instance_id == first.instance_id);
  BOOST_REQUIRE(second.kept.size() == 1u);
  BOOST_TEST(second.kept[0].path == entry(1, 1, 1).file.where.path);
  BOOST_TEST(second.kept[0].checksum == entry(1, 1, 1).file.where.checksum);
  BOOST_TEST(ask("select sum(instances) || ' ' || sum(bytes) from facility_counts") == "1 1000");
}

BOOST_AUTO_TEST_CASE(the_same_location_again_is_stored_and_counted_once) {
  const auto first = result_of(index(db, entry(1, 1, 1)));
  const auto second = result_of(index(db, entry(1, 1, 1)));
  BOOST_TEST(second.what == disposition::stored);
  BOOST_TEST(second.instance_id == first.instance_id);
  BOOST_TEST(ask("select number_of_instances from studies") == "1");
  BOOST_TEST(ask("select count(*) from locations") == "1");
}

BOOST_AUTO_TEST_CASE(one_instance_twice_in_a_batch_is_stored_once) {
  auto twin = entry(1, 1, 1);
  twin.file.where.path = "other/place.dcm";
  auto imposter = entry(1, 1, 1);
  imposter.file.data_set_digest = digest(99);
  const auto answers = index_repository{db}.index_batch({entry(1, 1, 1), twin, imposter, entry(1, 1, 2)});
  BOOST_TEST(result_of(answers[0]).what == disposition::stored);
  BOOST_TEST(result_of(answers[1]).what == disposition::duplicate);
  BOOST_TEST(refusal_of(answers[2]).code == errc::instance_conflict);
  BOOST_TEST(result_of(answers[3]).what == disposition::stored);
  BOOST_TEST(ask("select number_of_instances from studies") == "2");
}

BOOST_AUTO_TEST_CASE(other_bytes_under_a_known_uid_are_refused_by_a_sentence_that_names_both) {
  index(db, entry(1, 1, 1));
  auto other = entry(1, 1, 1);
  other.file.data_set_digest = digest(99);
  const auto refusal = refusal_of(index(db, other));
  BOOST_TEST(refusal.code == errc::instance_conflict);
  BOOST_TEST(refusal.sentence.find(digest(1)) != std::string::npos);
  BOOST_TEST(refusal.sentence.find(digest(99)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_same_digest_in_another_transfer_syntax_is_a_conflict) {
  index(db, entry(1, 1, 1));
  auto other = entry(1, 1, 1);
  other.header.instance.transfer_syntax_uid = "1.2.840.10008.1.2";
  BOOST_TEST(refusal_of(index(db, other)).code == errc::instance_conflict);
}

BOOST_AUTO_TEST_CASE(a_replacement_keeps_the_old_version_out_of_the_counts) {
  const auto first = result_of(index(db, entry(1, 1, 1)));
  auto other = entry(1, 1, 1);
  other.file.data_set_digest = digest(99);
  other.file.where.path = "new/place.dcm";
  other.file.where.length = 1500;
  other.on_conflict = conflict_policy::replace;
  const auto second = result_of(index(db, other));
  BOOST_TEST(second.what == disposition::replaced);
  BOOST_TEST(second.instance_id != first.instance_id);
  BOOST_TEST(ask("select number_of_instances || ' ' || storage_size from studies") == "1 1500");
  BOOST_TEST(ask("select string_agg(version || ':' || (replaced_at is null), ' ' order by version) from instances") ==
             "1:false 2:true");
  BOOST_TEST(result_of(index(db, other)).what == disposition::stored);
}

BOOST_AUTO_TEST_CASE(a_replacement_does_not_move_an_instance_to_another_series) {
  index(db, entry(1, 1, 1));
  auto other = entry(1, 2, 1);
  other.file.data_set_digest = digest(99);
  other.on_conflict = conflict_policy::replace;
  BOOST_TEST(refusal_of(index(db, other)).code == errc::instance_conflict);
  BOOST_TEST(ask("select count(*) from series") == "1");
}

BOOST_AUTO_TEST_CASE(a_study_that_comes_for_another_patient_is_refused_and_leaves_nothing) {
  index(db, entry(1, 1, 1));
  auto other = entry(1, 2, 2);
  other.header.patient.id = "P2";
  const auto answers = index_repository{db}.index_batch({other, entry(1, 1, 3)});
  BOOST_TEST(refusal_of(answers[0]).code == errc::patient_conflict);
  BOOST_TEST(refusal_of(answers[0]).sentence.find("\"P1\"") != std::string::npos);
  BOOST_TEST(refusal_of(answers[0]).sentence.find("\"P2\"") != std::string::npos);
  BOOST_TEST(result_of(answers[1]).what == disposition::stored);
  BOOST_TEST(ask("select (select count(*) from patients) || ' ' || (select count(*) from series)") == "1 1");
}

BOOST_AUTO_TEST_CASE(a_new_study_for_two_patients_in_one_batch_keeps_the_first) {
  auto other = entry(1, 1, 2);
  other.header.patient.id = "P2";
  const auto answers = index_repository{db}.index_batch({entry(1, 1, 1), other});
  BOOST_TEST(result_of(answers[0]).what == disposition::stored);
  BOOST_TEST(refusal_of(answers[1]).code == errc::patient_conflict);
}

BOOST_AUTO_TEST_CASE(a_slightly_different_name_in_the_same_study_is_accepted_and_the_first_stays) {
  index(db, entry(1, 1, 1));
  auto other = entry(1, 1, 2);
  other.header.patient.name = "DOE^JANE^M";
  BOOST_TEST(result_of(index(db, other)).what == disposition::stored);
  BOOST_TEST(ask("select string_agg(name, '|') from patients") == "Doe^Jane 1");
}

BOOST_AUTO_TEST_CASE(a_study_of_another_facility_is_refused) {
  tell(options, "insert into facilities (name) values ('North')");
  index(db, entry(1, 1, 1));
  auto other = entry(1, 1, 2);
  other.from.from = entity(2);
  const auto refusal = refusal_of(index(db, other));
  BOOST_TEST(refusal.code == errc::facility_conflict);
  BOOST_TEST(refusal.sentence.find("\"Default\"") != std::string::npos);
  auto same = entry(1, 1, 1);
  same.from.from = entity(2);
  BOOST_TEST(refusal_of(index(db, same)).code == errc::facility_conflict);
}

BOOST_AUTO_TEST_CASE(a_series_known_in_another_study_is_refused) {
  index(db, entry(1, 1, 1));
  const auto refusal = refusal_of(index(db, entry(2, 1, 2)));
  BOOST_TEST(refusal.code == errc::series_conflict);
  BOOST_TEST(refusal.sentence.find(uid("study", 1)) != std::string::npos);
  BOOST_TEST(refusal.sentence.find(uid("study", 2)) != std::string::npos);
  BOOST_TEST(ask("select count(*) from studies") == "1");
}

BOOST_AUTO_TEST_CASE(bad_entries_are_refused_and_the_others_stored) {
  auto no_study = entry(1, 1, 2);
  no_study.header.study.uid.clear();
  auto bad_uid = entry(1, 1, 3);
  bad_uid.header.instance.sop_instance_uid = "../../etc";
  auto bad_digest = entry(1, 1, 4);
  bad_digest.file.data_set_digest = "xyz";
  auto nobody = entry(1, 1, 5);
  nobody.from.from = {};
  auto lost_facility = entry(3, 3, 6);
  lost_facility.from.from = entity(77);
  const auto answers =
      index_repository{db}.index_batch({entry(1, 1, 1), no_study, bad_uid, bad_digest, nobody, lost_facility});
  BOOST_TEST(result_of(answers[0]).what == disposition::stored);
  BOOST_TEST(refusal_of(answers[1]).code == errc::missing_identifier);
  BOOST_TEST(refusal_of(answers[2]).code == errc::invalid_identifier);
  BOOST_TEST(refusal_of(answers[3]).code == errc::invalid_argument);
  BOOST_TEST(refusal_of(answers[4]).code == errc::permission_denied);
  BOOST_TEST(refusal_of(answers[5]).code == errc::database_failure);
  BOOST_TEST(ask("select count(*) from instances") == "1");
}

BOOST_AUTO_TEST_CASE(text_that_the_database_cannot_hold_is_kept_as_far_as_it_can) {
  auto odd = entry(1, 1, 1);
  odd.header.patient.name = std::string("A\0B\xff", 4) + std::string(5000, 'x');
  odd.header.patient.birth_date = "19.7.70";
  odd.header.patient.sex = "unknown";
  odd.header.study.description = "quotes \" \\ {a,b} 'NULL' \xF0\x9F\xA6\xB4 <b>";
  odd.header.study.accession_number = std::string(3000, 'A');
  odd.header.series.modality = "{\"CT\\";
  BOOST_TEST(result_of(index(db, odd)).what == disposition::stored);
  BOOST_TEST(ask("select left(name, 4) || length(name) || birth_date || sex from patients") == "AB\xEF\xBF\xBDx1024");
  BOOST_TEST(ask("select description from studies") == odd.header.study.description);
}

BOOST_AUTO_TEST_CASE(studies_for_which_nothing_arrives_are_completed) {
  index_repository repository{db};
  repository.index_batch({entry(1, 1, 1), entry(2, 2, 2)});
  BOOST_TEST(repository.complete_idle_studies(60) == 0);
  tell(options, "update studies set updated_at = now() - interval '61 s' where uid = '" + uid("study", 1) + "'");
  BOOST_TEST(repository.complete_idle_studies(60) == 1);
  BOOST_TEST(ask("select string_agg(status, ',' order by uid) from studies") == "completed,in_progress");
  BOOST_TEST(ask("select payload->>'study_instance_uid' from events where type = 'study.completed'") ==
             uid("study", 1));
  repository.index_batch({entry(1, 1, 3)});
  BOOST_TEST(ask("select string_agg(distinct status, ',') from studies") == "in_progress");
}

BOOST_AUTO_TEST_CASE(a_new_copy_takes_the_place_of_the_lost_one_on_its_node) {
  index_repository repository{db};
  const auto id = result_of(index(db, entry(1, 1, 1))).instance_id;
  auto copy = entry(1, 1, 1).file.where;
  copy.node = "store-2";
  repository.add_location(id, copy);
  BOOST_TEST(ask("select count(*) from locations where state = 'ok'") == "2");
  copy.path = "again.dcm";
  repository.add_location(id, copy);
  repository.add_location(id, copy);
  BOOST_TEST(ask("select string_agg(state::text, ',' order by state) from locations") == "ok,ok,lost");
  repository.mark_location(id, copy, location_state::corrupt);
  BOOST_TEST(ask("select state from locations where path = 'again.dcm'") == "corrupt");
  BOOST_CHECK_EXCEPTION(repository.add_location(999, copy), database_error, has_code(errc::not_found));
  copy.path = "none.dcm";
  BOOST_CHECK_EXCEPTION(repository.mark_location(id, copy, location_state::lost), database_error,
                        has_code(errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
