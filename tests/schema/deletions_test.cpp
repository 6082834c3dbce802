#include "schema/repositories/audit.hpp"
#include "schema/repositories/deletions.hpp"
#include "schema/repositories/locations.hpp"
#include "schema/repositories/purge.hpp"
#include "tests/schema/catalogue.hpp"

#include <atomic>
#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct bin : catalogue {
  deletions_repository deletions{db};
  purge_repository purge{db};

  /// Study 1 with series 1 (instances 1, 2) and 2 (instance 3), study 2 of another patient.
  bin() {
    for (const auto& one : {entry(1, 1, 1), entry(1, 1, 2), entry(1, 2, 3), entry(2, 4, 4)}) add(one);
  }

  void hide(query_level level, int number, const principal& who = system_principal("test")) {
    deletions.hide({who, level, {0, uid_of(level, number)}, "it was a test"});
  }
  void show(query_level level, int number) {
    deletions.show({everyone, level, {0, uid_of(level, number)}, "it was none"});
  }
  static std::string uid_of(query_level level, int number) {
    return uid(level == query_level::study ? "study" : level == query_level::series ? "series" : "instance", number);
  }

  /// What is to be seen: "studies/series/instances" of the totals, which must be those of the rows.
  std::string seen() {
    const auto t = studies.totals({everyone});
    const auto text = std::to_string(t.patients) + " " + std::to_string(t.studies) + " " + std::to_string(t.series) +
                      " " + std::to_string(t.instances) + " " + std::to_string(t.bytes);
    BOOST_TEST(text == ask("select concat_ws(' ', (select count(distinct patient) from studies), "
                           "(select count(*) from studies), (select count(*) from series), "
                           "(select count(*) from instances where replaced_at is null), "
                           "(select coalesce(sum(length), 0) from instances where replaced_at is null))"));
    BOOST_TEST(text == ask("select concat_ws(' ', count(distinct patient), count(*), coalesce(sum(number_of_series), "
                           "0), coalesce(sum(number_of_instances), 0), coalesce(sum(storage_size), 0)) from studies"));
    return text;
  }
};

const auto conflict = has_code(errc::state_conflict);
const auto unseen = has_code(errc::not_found);

} // namespace

BOOST_FIXTURE_TEST_SUITE(deletions, bin)

BOOST_AUTO_TEST_CASE(a_deleted_study_is_seen_nowhere_and_comes_back_whole) {
  BOOST_TEST(seen() == "2 2 3 4 4000");
  hide(query_level::study, 1);
  BOOST_TEST(seen() == "1 1 1 1 1000");
  study_filter filter;
  BOOST_TEST(found(filter) == "2");
  filter.search = "doe";
  BOOST_TEST(found(filter) == "2");
  BOOST_CHECK_EXCEPTION(studies.study({everyone, {0, uid("study", 1)}}), database_error, unseen);
  BOOST_CHECK_EXCEPTION(studies.series({everyone, {0, uid("series", 1)}}), database_error, unseen);
  BOOST_CHECK_EXCEPTION(studies.image({everyone, {0, uid("instance", 1)}}), database_error, unseen);
  instances_request walk;
  walk.who = everyone;
  walk.study_uid = uid("study", 1);
  BOOST_CHECK_EXCEPTION(studies.instances(walk), database_error, unseen);
  BOOST_CHECK_EXCEPTION(hide(query_level::study, 1), database_error, unseen);
  show(query_level::study, 1);
  BOOST_TEST(seen() == "2 2 3 4 4000");
  BOOST_TEST(studies.study({everyone, {0, uid("study", 1)}}).series.at(0).images.size() == 2u);
  BOOST_CHECK_EXCEPTION(show(query_level::study, 1), database_error, conflict);
  BOOST_TEST(ask("select string_agg(action, ' ' order by id) from audit") == "study.delete study.restore");
  BOOST_TEST(ask("select string_agg(type, ' ' order by id) from events where type not like 'instance.%'") ==
             "study.deleted study.restored");
}

BOOST_AUTO_TEST_CASE(what_is_emptied_is_hidden_too) {
  hide(query_level::instance, 3);
  BOOST_TEST(seen() == "2 2 2 3 3000");
  BOOST_CHECK_EXCEPTION(studies.series({everyone, {0, uid("series", 2)}}), database_error, unseen);
  hide(query_level::series, 1);
  BOOST_TEST(seen() == "1 1 1 1 1000");
  BOOST_CHECK_EXCEPTION(show(query_level::study, 1), database_error, conflict); // nobody deleted the study itself
  show(query_level::series, 1);
  BOOST_TEST(seen() == "2 2 2 3 3000");
  show(query_level::instance, 3);
  BOOST_TEST(seen() == "2 2 3 4 4000");
}

BOOST_AUTO_TEST_CASE(what_lies_in_something_deleted_waits_for_it) {
  hide(query_level::instance, 1);
  hide(query_level::series, 1);
  BOOST_CHECK_EXCEPTION(show(query_level::instance, 1), database_error, conflict);
  show(query_level::series, 1);
  BOOST_TEST(seen() == "2 2 3 3 3000");
  show(query_level::instance, 1);
  hide(query_level::series, 2);
  hide(query_level::study, 1);
  BOOST_CHECK_EXCEPTION(show(query_level::series, 2), database_error, conflict);
  show(query_level::study, 1);
  BOOST_TEST(seen() == "2 2 2 3 3000");
}

BOOST_AUTO_TEST_CASE(who_may_not_delete_does_not) {
  BOOST_CHECK_EXCEPTION(hide(query_level::study, 1, entity(1)), database_error, has_code(errc::permission_denied));
  auto stranger = entity(2);
  stranger.permissions = permissions_of_role("facility_manager");
  BOOST_CHECK_EXCEPTION(hide(query_level::study, 1, stranger), database_error, unseen);
  BOOST_CHECK_EXCEPTION(deletions.hide({everyone, query_level::study, {1, ""}, ""}), database_error,
                        has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(deletions.hide({everyone, query_level::patient, {1, ""}, "x"}), database_error,
                        has_code(errc::invalid_argument));
  BOOST_TEST(seen() == "2 2 3 4 4000");
}

BOOST_AUTO_TEST_CASE(an_instance_that_is_sent_again_comes_back_alone) {
  hide(query_level::study, 1);
  auto again = entry(1, 1, 2);
  again.file.where.path = "again.dcm";
  const auto result = result_of(index(db, again));
  BOOST_TEST(result.what == disposition::duplicate);
  BOOST_TEST(result.kept.at(0).path == entry(1, 1, 2).file.where.path);
  BOOST_TEST(seen() == "2 2 2 2 2000");
  const auto detail = studies.study({everyone, {0, uid("study", 1)}});
  BOOST_REQUIRE(detail.series.size() == 1u);
  BOOST_TEST(detail.series[0].images.at(0).attributes.sop_instance_uid == uid("instance", 2));
  BOOST_TEST(detail.study.modalities == std::vector<std::string>{"CT"}, boost::test_tools::per_element());
  show(query_level::study, 1);
  BOOST_TEST(seen() == "2 2 3 4 4000");
}

BOOST_AUTO_TEST_CASE(a_new_instance_shows_the_study_that_it_belongs_to) {
  hide(query_level::study, 1);
  add(entry(1, 2, 9));
  BOOST_TEST(seen() == "2 2 2 2 2000");
  hide(query_level::series, 2);
  BOOST_TEST(seen() == "1 1 1 1 1000");
  add(entry(1, 7, 10));
  BOOST_TEST(seen() == "2 2 2 2 2000");
}

BOOST_AUTO_TEST_CASE(what_the_system_writes_of_a_deleted_study_does_not_bring_it_back) {
  auto document = entry(1, 7, 10);
  document.from.by = channel::internal;
  hide(query_level::study, 1);
  const auto refusal = refusal_of(index(db, document));
  BOOST_TEST((refusal.code == errc::state_conflict));
  BOOST_TEST(refusal.sentence == "study " + uid("study", 1) + " was deleted");
  BOOST_TEST(seen() == "1 1 1 1 1000");
  add(entry(1, 1, 2));
  add(document);
  BOOST_TEST(seen() == "2 2 3 3 3000");
}

BOOST_AUTO_TEST_CASE(other_bytes_take_the_place_of_what_was_deleted) {
  hide(query_level::instance, 1);
  auto other = entry(1, 1, 1);
  other.file.data_set_digest = digest(99);
  other.file.where.path = "other.dcm";
  other.file.where.length = 500;
  BOOST_TEST(result_of(index(db, other)).what == disposition::stored);
  BOOST_TEST(seen() == "2 2 3 4 3500");
  BOOST_CHECK_EXCEPTION(show(query_level::instance, 1), database_error, conflict);
  BOOST_TEST(studies.image({everyone, {0, uid("instance", 1)}}).image.data_set_digest == digest(99));
}

BOOST_AUTO_TEST_CASE(files_of_deleted_rows_are_known_until_they_are_purged_and_then_noted) {
  const auto path = entry(1, 1, 1).file.where.path;
  hide(query_level::study, 1);
  locations_repository locations{db};
  BOOST_TEST(locations.unknown_paths("store-1", {path}).empty());
  BOOST_TEST(locations.page("store-1", 0, "").size() == 4u);
  BOOST_TEST(purge.purge_one(everyone, 1).instances == 0);
  BOOST_CHECK_EXCEPTION(purge.purge_one(entity(1), 0), database_error, has_code(errc::permission_denied));
  const auto report = purge.purge_one(everyone, 0);
  BOOST_TEST(report.studies == 1);
  BOOST_TEST(report.instances == 3);
  BOOST_TEST(report.bytes == 3000);
  BOOST_TEST(purge.purge_one(everyone, 0).instances == 0);
  BOOST_TEST(seen() == "1 1 1 1 1000");
  BOOST_TEST(ask("select count(*) from patients") == "1");
  BOOST_TEST(locations.unknown_paths("store-1", {path}).size() == 1u);
  BOOST_TEST(purge.unknown_paths("store-1", {path, "x.dcm"}) == std::vector<std::string>{"x.dcm"},
             boost::test_tools::per_element());
  BOOST_TEST(purge.files_of("store-1", "").size() == 3u);
  BOOST_TEST(purge.files_of("store-2", "").empty());
  purge.removed("store-1", {path});
  BOOST_TEST(purge.files_of("store-1", "").size() == 2u);
  add(entry(1, 1, 1)); // as if it had never been here
  BOOST_TEST(seen() == "2 2 2 2 2000");
}

BOOST_AUTO_TEST_CASE(a_purge_takes_replaced_versions_along_and_leaves_what_came_back) {
  auto newer = entry(1, 1, 1);
  newer.on_conflict = conflict_policy::replace;
  newer.file.data_set_digest = digest(99);
  newer.file.where.path = "newer.dcm";
  add(newer);
  hide(query_level::study, 1);
  add(entry(1, 1, 2));
  const auto report = purge.purge_one(everyone, 0);
  BOOST_TEST(report.instances == 3); // 1 in two versions, and 3
  BOOST_TEST(report.studies == 0);
  BOOST_TEST(seen() == "2 2 2 2 2000");
  BOOST_TEST(ask("select count(*) from kept_instances") == "2");
  BOOST_TEST(ask("select count(*) from kept_series") == "2");
}

BOOST_AUTO_TEST_CASE(deleting_races_with_ingest_and_the_counts_stay_right) {
  std::atomic<bool> stop{false};
  std::atomic<int> deleted{0};
  std::thread deleter{[&] {
    database own{options};
    deletions_repository mine{own};
    purge_repository cleaner{own};
    while (!stop) {
      try {
        mine.hide({everyone, query_level::study, {0, uid("study", 1)}, "race"});
        ++deleted;
        if (deleted % 3 == 0) cleaner.purge_one(everyone, 0);
      } catch (const database_error& error) {
        BOOST_TEST(error.code() == errc::not_found, error.what());
      }
    }
  }};
  index_repository mine{db};
  for (int round = 0; round < 150; ++round) {
    std::vector<index_entry> batch;
    for (int i = 1; i <= 5; ++i) batch.push_back(entry(1, i % 2 + 1, 10 + i));
    for (const auto& answer : mine.index_batch(batch)) result_of(answer);
  }
  stop = true;
  deleter.join();
  BOOST_TEST(deleted > 5);
  seen();
  std::vector<index_entry> batch;
  for (int i = 1; i <= 5; ++i) batch.push_back(entry(1, i % 2 + 1, 10 + i));
  for (const auto& answer : mine.index_batch(batch)) result_of(answer);
  BOOST_TEST(studies.study({everyone, {0, uid("study", 1)}}).study.number_of_instances >= 5);
  seen();
}

BOOST_AUTO_TEST_SUITE_END()
