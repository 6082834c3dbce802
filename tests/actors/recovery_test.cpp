#include "actors/clock.hpp"
#include "actors/storage/recovery.hpp"
#include "tests/actors/doubles.hpp"
#include "tests/actors/support.hpp"

namespace noctis {

namespace fs = std::filesystem;

using namespace test;

namespace {

/// A real store with its recovery, and doubles of the index.
struct recovery_fixture : actor_fixture {
  temporary_directory base;
  storage::layout where{"store-1", base.path(), true, true};
  shared_world w = std::make_shared<world>();
  std::shared_ptr<shared_services> offered = std::make_shared<shared_services>();
  full_indexer_actor index = keep(spawn_indexer(system, w));
  query_actor rows = keep(spawn_query(system, w));
  directory_actor directory = keep(spawn_directory(system, offered));
  full_recovery_actor settles;
  storer_actor store;
  const std::string hour = storage::hour_name(now_ms());

  /// Writes a file as an earlier run may have left it, some seconds ago.
  std::string left(const std::string& name, const blob& bytes) const {
    const auto path = hour + "/f3/0123456789abcdef/1.2.31/" + name;
    write_file(base.path() / path, text_of(bytes));
    fs::last_write_time(base.path() / path, fs::file_time_type::clock::now() - std::chrono::seconds{5});
    return path;
  }

  void start() {
    settles = keep(system.spawn<caf::detached>(recovery, where, directory));
    store = keep(system.spawn(storer, storer_options{where, 2, uint64_t{1} << 20}, settles));
    offer();
  }

  void offer() {
    services now;
    now.stores.push_back({"store-1", store, {}});
    now.indexes.push_back({"index-1", index, rows, {}});
    offered->set(std::move(now));
  }

  bool is_settled() { return get<uint64_t>(settles, count_atom::value) == 0; }

  [[nodiscard]] bool exists(const std::string& path) const { return fs::exists(base.path() / path); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(recoveries, recovery_fixture)

BOOST_AUTO_TEST_CASE(a_file_without_a_row_is_indexed) {
  const auto known = left("1.2.3.1-a.dcm", part10_file("1.2.3.1"));
  const auto lost = left("1.2.3.2-a.dcm", part10_file("1.2.3.2"));
  w->with([&] { w->known.insert(known); });
  start();
  BOOST_REQUIRE(eventually([&] { return w->count("index") == 1 && is_settled(); }));
  const auto entry = w->with([&] { return w->entries.at(0); });
  BOOST_TEST(entry.file.where.path == lost);
  BOOST_TEST(entry.file.where.node == "store-1");
  BOOST_TEST(entry.file.where.length == part10_file("1.2.3.2").size());
  BOOST_TEST(entry.header.instance.sop_instance_uid == "1.2.3.2");
  BOOST_TEST((entry.from.by == channel::recovery));
  BOOST_TEST(entry.from.from.facilities.at(0) == 3);
  BOOST_TEST(exists(known));
  BOOST_TEST(exists(lost));
}

BOOST_AUTO_TEST_CASE(a_file_that_repeats_a_kept_instance_is_removed) {
  const auto first = left("1.2.3.1-a.dcm", part10_file("1.2.3.1"));
  const auto again = left("1.2.3.1-b.dcm", part10_file("1.2.3.1"));
  w->with([&] {
    w->known.insert(first);
    w->result = {disposition::duplicate, 5, {{"store-1", first, 0, 1, {}}}};
  });
  start();
  BOOST_TEST(eventually([&] { return !exists(again) && is_settled(); }));
  BOOST_TEST(exists(first));
}

BOOST_AUTO_TEST_CASE(a_file_whose_first_copy_is_lost_takes_its_place) {
  const auto again = left("1.2.3.1-b.dcm", part10_file("1.2.3.1"));
  w->with([&] { w->result = {disposition::duplicate, 5, {{"store-1", hour + "/f3/gone.dcm", 0, 1, {}}}}; });
  start();
  BOOST_REQUIRE(eventually([&] { return w->count("heal") == 1 && is_settled(); }));
  BOOST_TEST(w->with([&] { return w->healed.at(0).path; }) == again);
  BOOST_TEST(exists(again));
}

BOOST_AUTO_TEST_CASE(a_file_that_conflicts_goes_to_quarantine_with_the_reason) {
  const auto file = left("1.2.3.1-a.dcm", part10_file("1.2.3.1"));
  w->refuse("index", errc::instance_conflict);
  start();
  BOOST_REQUIRE(eventually([&] { return w->count("record") == 1 && is_settled(); }));
  BOOST_TEST(!exists(file));
  const auto row = w->with([&] { return w->recorded.at(0); });
  BOOST_TEST(storage::is_quarantined(row.where.path));
  BOOST_TEST(exists(row.where.path));
  BOOST_TEST(row.reason == "instance_conflict");
  BOOST_TEST(row.detail == "index refused");
  BOOST_TEST(row.sop_instance_uid == "1.2.3.1");
}

BOOST_AUTO_TEST_CASE(a_broken_file_goes_to_quarantine_with_the_reason) {
  const auto file = left("1.2.3.1-a.dcm", bytes_of(std::string(500, 'z')));
  start();
  BOOST_REQUIRE(eventually([&] { return w->count("record") == 1 && is_settled(); }));
  BOOST_TEST(!exists(file));
  BOOST_TEST(w->with([&] { return w->recorded.at(0).reason; }) == "malformed_data_set");
  BOOST_TEST(w->count("index") == 0u);
}

BOOST_AUTO_TEST_CASE(a_quarantined_file_without_a_row_gets_one) {
  const auto path = "quarantine/" + hour + "/a.dcm";
  write_file(base.path() / path, text_of(part10_file("1.2.3.9")));
  fs::last_write_time(base.path() / path, fs::file_time_type::clock::now() - std::chrono::seconds{5});
  start();
  BOOST_REQUIRE(eventually([&] { return w->count("record") == 1 && is_settled(); }));
  const auto row = w->with([&] { return w->recorded.at(0); });
  BOOST_TEST(row.where.path == path);
  BOOST_TEST(row.where.length == part10_file("1.2.3.9").size());
  BOOST_TEST(row.sop_instance_uid == "1.2.3.9");
}

BOOST_AUTO_TEST_CASE(unfinished_files_are_removed) {
  const auto unfinished = left("1.2.3.1-a.dcm.part", bytes_of("half"));
  const auto file = left("1.2.3.2-a.dcm", part10_file("1.2.3.2"));
  start();
  BOOST_TEST(eventually([&] { return !exists(unfinished) && w->count("index") == 1; }));
  BOOST_TEST(exists(file));
}

BOOST_AUTO_TEST_CASE(while_the_index_is_away_it_tries_again) {
  const auto file = left("1.2.3.1-a.dcm", part10_file("1.2.3.1"));
  w->refuse("known", errc::index_unavailable);
  w->refuse("index", errc::index_unavailable);
  start();
  BOOST_REQUIRE(eventually([&] { return w->count("known") == 1; }));
  w->restore("known");
  BOOST_REQUIRE(eventually([&] { return w->count("index") == 1; }));
  BOOST_TEST(get<uint64_t>(settles, count_atom::value) == 1u);
  offered->set({});
  w->restore("index");
  offer();
  BOOST_TEST(eventually([&] { return w->count("index") == 2 && is_settled(); }));
  BOOST_TEST(exists(file));
  BOOST_TEST(w->count("quarantine") == 0u);
}

BOOST_AUTO_TEST_CASE(a_file_of_doubt_is_settled_while_it_runs) {
  start();
  const auto path = left("1.2.3.1-a.dcm", part10_file("1.2.3.1"));
  BOOST_REQUIRE(!tell(store, retry_atom::value, location{"store-1", path, 0, 1, {}}));
  // The search at start may come upon the file too: then it is given to the index twice, which changes nothing.
  BOOST_REQUIRE(eventually([&] { return w->count("index") >= 1 && is_settled(); }));
  const auto known = w->count("known");
  const auto indexed = w->count("index");
  BOOST_REQUIRE(!tell(store, retry_atom::value, location{"store-1", hour + "/f3/gone.dcm", 0, 1, {}}));
  BOOST_TEST(eventually([&] { return w->count("known") == known + 1 && is_settled(); }));
  BOOST_TEST(w->count("index") == indexed);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
