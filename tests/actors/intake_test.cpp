#include "actors/intake/intake.hpp"
#include "dicom/digest.hpp"
#include "tests/actors/intake_fixture.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

namespace noctis {

using namespace test;

namespace {

const std::vector<errc> final_refusals{errc::instance_conflict, errc::patient_conflict, errc::facility_conflict,
                                       errc::series_conflict,   errc::limit_exceeded,   errc::invalid_identifier};
const std::vector<errc> certain_failures{errc::index_unavailable, errc::database_failure, errc::state_conflict};
const std::vector<errc> doubts{errc::in_doubt, errc::timeout, errc::internal, errc::shutting_down};

} // namespace

BOOST_FIXTURE_TEST_SUITE(intakes, intake_fixture)

BOOST_AUTO_TEST_CASE(an_instance_is_written_and_then_indexed) {
  const auto outcome = get<store_outcome>(taker, announced("1.2.3.4"), data_set("1.2.3.4"));
  BOOST_TEST(outcome.what == disposition::stored);
  BOOST_TEST(outcome.instance_id == 7);
  BOOST_TEST(outcome.sop_instance_uid == "1.2.3.4");
  BOOST_TEST(outcome.study_instance_uid == "1.2.31");
  BOOST_TEST(w->told() == (std::vector<std::string>{"put", "index"}), boost::test_tools::per_element());
  const auto entry = w->with([&] { return w->entries.at(0); });
  const auto bytes = data_set("1.2.3.4");
  BOOST_TEST(entry.file.data_set_digest == digest_of(bytes.data(), bytes.size()));
  BOOST_TEST(entry.file.where.path == "put/1.2.3.4-a.dcm");
  BOOST_TEST(entry.from.calling_aet == "SENDER");
  BOOST_TEST(entry.header.patient.id == "PATIENT1");
  BOOST_TEST(entry.received_at > 1'700'000'000'000);
  BOOST_TEST(
      eventually([&] { return w->with([&] { return w->settled == std::vector<std::string>{"put/1.2.3.4-a.dcm"}; }); }));
}

BOOST_AUTO_TEST_CASE(success_comes_only_after_the_index_has_answered) {
  w->silence("index");
  auto pending = self->request(taker, patience, announced(), data_set());
  BOOST_REQUIRE(eventually([&] { return w->count("index") == 1; }));
  // The intake has nothing to say of the first instance, but it answers: it is still busy with it.
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == errc::state_conflict);
  BOOST_TEST(self->mailbox().empty());
  w->restore("index");
  self->send(index, finish_atom::value);
  pending.receive([](store_outcome& outcome) { BOOST_TEST(outcome.what == disposition::stored); },
                  [](caf::error& error) { BOOST_FAIL(reason_of(error)); });
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_a_success_once_the_first_copy_is_seen) {
  w->with([&] { w->result = {disposition::duplicate, 3, {{"store-1", "first.dcm", 0, 100, {}}}}; });
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::duplicate);
  BOOST_REQUIRE(eventually([&] { return w->count("remove") == 1; }));
  BOOST_TEST(w->told() == (std::vector<std::string>{"put", "index", "find", "remove"}),
             boost::test_tools::per_element());
  BOOST_TEST(w->with([&] { return w->removed.at(0).path; }) == "put/1.2.3.4-a.dcm");
}

BOOST_AUTO_TEST_CASE(a_duplicate_takes_the_place_of_a_copy_that_is_lost) {
  w->with([&] {
    w->result = {disposition::duplicate, 3, {{"store-1", "first.dcm", 0, 100, {}}}};
    w->is_there = false;
  });
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::duplicate);
  BOOST_TEST(w->told() == (std::vector<std::string>{"put", "index", "find", "heal"}), boost::test_tools::per_element());
  BOOST_TEST(w->with([&] { return w->healed.at(0).path; }) == "put/1.2.3.4-a.dcm");
}

BOOST_AUTO_TEST_CASE(a_duplicate_that_no_store_can_confirm_is_kept_too) {
  w->with([&] { w->result = {disposition::duplicate, 3, {{"another-node", "first.dcm", 0, 100, {}}}}; });
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::duplicate);
  BOOST_TEST(w->told() == (std::vector<std::string>{"put", "index", "heal"}), boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(what_the_index_refuses_for_good_goes_to_quarantine, boost::unit_test::data::make(final_refusals)) {
  w->refuse("index", sample);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == sample);
  BOOST_TEST(w->told() == (std::vector<std::string>{"put", "index", "quarantine", "record"}),
             boost::test_tools::per_element());
  BOOST_TEST(w->with([&] { return w->put_aside.at(0).path; }) == "put/1.2.3.4-a.dcm");
  const auto row = w->with([&] { return w->recorded.at(0); });
  BOOST_TEST(row.reason == to_string(sample));
  BOOST_TEST(row.detail == "index refused");
  BOOST_TEST(row.sop_instance_uid == "1.2.3.4");
  BOOST_TEST(row.study_instance_uid == "1.2.31");
  BOOST_TEST(row.calling_aet == "SENDER");
  BOOST_TEST(row.address == "192.0.2.1");
  BOOST_TEST(row.facility == 1);
  BOOST_TEST(row.where.path == "quarantine/2026010100/a.dcm");
}

BOOST_DATA_TEST_CASE(what_the_index_certainly_did_not_take_is_removed, boost::unit_test::data::make(certain_failures)) {
  w->refuse("index", sample);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == sample);
  BOOST_REQUIRE(eventually([&] { return w->count("remove") == 1; }));
  BOOST_TEST(w->told() == (std::vector<std::string>{"put", "index", "remove"}), boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(what_may_be_indexed_is_left_to_recovery, boost::unit_test::data::make(doubts)) {
  w->refuse("index", sample);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == sample);
  BOOST_REQUIRE(eventually([&] { return w->count("doubt") == 1; }));
  BOOST_TEST(w->told() == (std::vector<std::string>{"put", "index", "doubt"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_data_set_that_ends_too_early_goes_to_quarantine_with_its_header) {
  const auto whole = data_set();
  const blob cut{blob::buffer{whole.data(), whole.data() + whole.size() - 3}};
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), cut)) == errc::truncated_data_set);
  BOOST_TEST(w->told() == (std::vector<std::string>{"quarantine", "record"}), boost::test_tools::per_element());
  const auto kept = w->with([&] { return w->put_aside.at(0); });
  BOOST_TEST((kept.bytes == cut));
  BOOST_TEST(text_of(kept.preamble).substr(128, 4) == "DICM");
  BOOST_TEST(w->with([&] { return w->recorded.at(0).sop_instance_uid; }) == "1.2.3.4");
}

BOOST_AUTO_TEST_CASE(a_data_set_other_than_announced_goes_to_quarantine) {
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced("1.9.9"), data_set())) == errc::sop_instance_mismatch);
  auto about = announced();
  about.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  BOOST_TEST(code_of(ask<store_outcome>(taker, about, data_set())) == errc::sop_class_mismatch);
  BOOST_TEST(w->count("put") == 0u);
  BOOST_TEST(w->count("record") == 2u);
}

BOOST_AUTO_TEST_CASE(a_quarantine_that_is_full_leaves_a_row_without_bytes) {
  w->refuse("index", errc::patient_conflict);
  w->refuse("quarantine", errc::quota_exceeded);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == errc::patient_conflict);
  BOOST_TEST(w->with([&] { return w->recorded.at(0).where.path; }) == "");
}

BOOST_AUTO_TEST_CASE(a_row_that_cannot_be_written_changes_nothing_for_the_sender) {
  w->refuse("index", errc::patient_conflict);
  w->refuse("record", errc::index_unavailable);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == errc::patient_conflict);
}

BOOST_AUTO_TEST_CASE(what_is_retried_does_not_go_to_quarantine_again) {
  auto about = uploaded();
  about.by = channel::retry;
  w->refuse("index", errc::patient_conflict);
  BOOST_TEST(code_of(ask<store_outcome>(taker, about, part10_file())) == errc::patient_conflict);
  BOOST_REQUIRE(eventually([&] { return w->count("remove") == 1; }));
  BOOST_TEST(code_of(ask<store_outcome>(taker, about, bytes_of("no DICOM"))) == errc::malformed_data_set);
  BOOST_TEST(w->count("quarantine") == 0u);
  BOOST_TEST(w->count("record") == 0u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told_and_nothing_is_indexed) {
  w->refuse("put", errc::disk_full);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == errc::disk_full);
  BOOST_TEST(w->told() == std::vector<std::string>{"put"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_sender_without_a_facility_is_refused_before_anything_is_written) {
  auto about = announced();
  about.from.facilities.clear();
  BOOST_TEST(code_of(ask<store_outcome>(taker, about, data_set())) == errc::permission_denied);
  BOOST_TEST(code_of(tell(taker, open_atom::value, about)) == errc::permission_denied);
  BOOST_TEST(w->told().empty());
}

BOOST_AUTO_TEST_CASE(a_hostile_identifier_is_kept_presentable) {
  auto about = announced(std::string(100, '1') + "\n");
  BOOST_TEST(code_of(ask<store_outcome>(taker, about, data_set())) != errc::none);
  const auto uid = w->with([&] { return w->recorded.at(0).sop_instance_uid; });
  BOOST_TEST(uid == std::string(64, '1'));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
