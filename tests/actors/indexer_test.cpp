#include "actors/index/indexer.hpp"
#include "actors/index/query.hpp"
#include "tests/actors/database_fixture.hpp"

namespace noctis {

using namespace test;

namespace {

struct indexer_fixture : database_fixture {
  full_indexer_actor writes = keep(system.spawn<caf::detached>(indexer, indexer_options{base.options}));
  query_actor reads = keep(system.spawn<caf::detached>(query, base.options));
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(indexers, indexer_fixture)

BOOST_AUTO_TEST_CASE(what_is_answered_is_committed) {
  const auto result = get<index_result>(writes, entry(1, 1, 1));
  BOOST_TEST(result.what == disposition::stored);
  BOOST_TEST(base.ask("select count(*) from instances") == "1");
  const auto found = get<image_detail>(reads, image_request{system_principal("test"), {0, uid("instance", 1)}});
  BOOST_TEST(found.image.id == result.instance_id);
}

BOOST_AUTO_TEST_CASE(entries_sent_at_once_are_committed_in_few_transactions) {
  constexpr int count = 400;
  std::vector<decltype(self->request(writes, patience, index_entry{}))> pending;
  for (int i = 1; i <= count; ++i) pending.push_back(self->request(writes, patience, entry(1, 1, i)));
  for (auto& one : pending)
    one.receive([](index_result& result) { BOOST_TEST(result.what == disposition::stored); },
                [](caf::error& error) { BOOST_FAIL(reason_of(error)); });
  BOOST_TEST(metric_of(writes, "noctis_index_entries_total") == count);
  BOOST_TEST(metric_of(writes, "noctis_index_groups_total") <= count / 4);
  BOOST_TEST(base.ask("select count(*) from instances") == std::to_string(count));
}

BOOST_AUTO_TEST_CASE(each_entry_of_a_group_has_its_own_answer) {
  get<index_result>(writes, entry(1, 1, 1));
  auto other_bytes = entry(1, 1, 1);
  other_bytes.file.data_set_digest = digest(99);
  auto conflict = self->request(writes, patience, other_bytes);
  auto again = entry(1, 1, 1);
  again.file.where.path = "another.dcm";
  auto duplicate = self->request(writes, patience, again);
  auto fresh = self->request(writes, patience, entry(1, 1, 2));
  const auto failed = [](caf::error& error) { BOOST_ERROR(reason_of(error)); };
  conflict.receive([](index_result&) { BOOST_ERROR("taken"); },
                   [](caf::error& error) { BOOST_TEST(code_of(error) == errc::instance_conflict); });
  duplicate.receive(
      [](index_result& result) {
        BOOST_TEST(result.what == disposition::duplicate);
        BOOST_TEST(result.kept.at(0).path == entry(1, 1, 1).file.where.path);
      },
      failed);
  fresh.receive([](index_result& result) { BOOST_TEST(result.what == disposition::stored); }, failed);
}

BOOST_AUTO_TEST_CASE(without_the_database_it_says_so_and_afterwards_it_goes_on) {
  get<index_result>(writes, entry(1, 1, 1));
  BOOST_TEST(get<component_status>(writes, status_atom::value).ok);
  shut();
  BOOST_TEST(code_of(ask<index_result>(writes, entry(1, 1, 2))) == errc::index_unavailable);
  BOOST_TEST(!get<component_status>(writes, status_atom::value).ok);
  BOOST_TEST(code_of(ask<study_page>(reads, study_filter{})) == errc::index_unavailable);
  BOOST_TEST(metric_of(writes, "noctis_index_failures_total") == 1);
  open();
  BOOST_TEST(get<index_result>(writes, entry(1, 1, 2)).what == disposition::stored);
  BOOST_TEST(get<component_status>(writes, status_atom::value).ok);
}

BOOST_AUTO_TEST_CASE(a_lost_copy_gets_a_new_one) {
  const auto known = get<index_result>(writes, entry(1, 1, 1));
  auto copy = entry(1, 1, 1).file.where;
  copy.path = "another.dcm";
  BOOST_REQUIRE(!tell(writes, retry_atom::value, known.instance_id, copy));
  const auto found = get<image_detail>(reads, image_request{system_principal("test"), {0, uid("instance", 1)}});
  BOOST_REQUIRE(found.image.locations.size() == 1u);
  BOOST_TEST(found.image.locations.front().path == "another.dcm");
  BOOST_TEST(code_of(tell(writes, retry_atom::value, int64_t{999999}, copy)) == errc::not_found);
}

BOOST_AUTO_TEST_CASE(known_files_are_those_with_a_row_of_either_kind) {
  const auto indexed = entry(1, 1, 1);
  get<index_result>(writes, indexed);
  quarantine_entry aside;
  aside.received_at = 1'700'000'000'000;
  aside.reason = "malformed_data_set";
  aside.where = {"store-1", "quarantine/a.dcm", 0, 1, {}};
  const auto id = get<int64_t>(writes, aside);
  BOOST_TEST(get<int64_t>(writes, aside) == id); // recorded already
  const auto path = indexed.file.where.path;
  const auto known = get<path_list>(reads, known_files_request{"store-1", {"unknown.dcm", "quarantine/a.dcm", path}});
  BOOST_TEST(known.paths == (std::vector<std::string>{"quarantine/a.dcm", path}), boost::test_tools::per_element());
  BOOST_TEST(get<path_list>(reads, known_files_request{"store-2", {path}}).paths.empty());
  const known_files_request endless{"store-1", std::vector<std::string>(1001, "a")};
  BOOST_TEST(code_of(ask<path_list>(reads, endless)) == errc::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
