#include "actors/network/peers.hpp"
#include "tests/actors/doubles.hpp"
#include "tests/actors/support.hpp"

namespace noctis {

using namespace test;

namespace {

struct peers_fixture : actor_fixture {
  shared_world w = std::make_shared<world>();
  std::shared_ptr<shared_services> offered = std::make_shared<shared_services>();
  query_actor rows = keep(spawn_query(system, w));
  directory_actor directory = keep(spawn_directory(system, offered));
  peers_options options;
  full_peers_actor callers;

  peers_fixture() {
    services now;
    now.indexes.push_back({"index-1", {}, rows, {}});
    offered->set(now);
    w->with([&] { w->entities = {{1, "CT1", "192.0.2.7", 104, {5, "North"}}}; });
  }

  void start() { callers = keep(system.spawn(peers, directory, options)); }

  caf::expected<principal> who(const std::string& title) {
    return ask<principal>(callers, caller_request{title, "NOCTIS", "192.0.2.7"});
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(callers, peers_fixture)

BOOST_AUTO_TEST_CASE(a_registered_caller_acts_for_its_facility) {
  start();
  const auto known = who("CT1");
  BOOST_REQUIRE(known);
  BOOST_TEST((known->kind == principal_kind::ae));
  BOOST_TEST(known->name == "CT1");
  BOOST_TEST(known->facilities == std::vector<int64_t>{5}, boost::test_tools::per_element());
  BOOST_TEST(known->permissions == permissions_of_role("service"));
  BOOST_TEST(known->address == "192.0.2.7");
}

BOOST_AUTO_TEST_CASE(an_unknown_caller_goes_to_the_default_facility_where_that_is_allowed) {
  start();
  BOOST_TEST(who("OTHER")->facilities == std::vector<int64_t>{default_facility}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unknown_caller_is_refused_where_callers_must_be_registered) {
  options.callers_must_be_registered = true;
  start();
  BOOST_TEST(code_of(who("OTHER")) == errc::permission_denied);
  w->with([&] { w->entities.push_back({2, "OTHER", "", 0, {6, "South"}}); });
  BOOST_TEST(who("OTHER")->facilities == std::vector<int64_t>{6}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_an_index_the_last_list_stays_in_force) {
  options.callers_must_be_registered = true;
  start();
  BOOST_REQUIRE(who("CT1"));
  w->refuse("list", errc::index_unavailable);
  BOOST_TEST(who("CT1").engaged());
  BOOST_TEST(code_of(who("OTHER")) == errc::permission_denied);
}

BOOST_AUTO_TEST_CASE(without_any_list_nobody_is_refused_for_good) {
  options.callers_must_be_registered = true;
  w->refuse("list", errc::index_unavailable);
  start();
  BOOST_TEST(code_of(who("CT1")) == errc::index_unavailable);
  w->restore("list");
  BOOST_TEST(who("CT1").engaged());
}

BOOST_AUTO_TEST_CASE(an_echo_to_whom_nobody_knows_or_reaches_is_an_error) {
  w->with([&] { w->entities.push_back({3, "CLOSED", "127.0.0.1", free_port(), {1, ""}}); });
  options.own_title = "NOCTIS";
  options.calling_title = "SENDER";
  options.own_port = free_port();
  start();
  BOOST_TEST(code_of(ask<echo_reply>(callers, echo_request{{}, "NOBODY"})) == errc::not_found);
  BOOST_TEST(code_of(ask<echo_reply>(callers, echo_request{{}, "CLOSED"})) == errc::peer_unreachable);
  BOOST_TEST(code_of(ask<echo_reply>(callers, echo_request{{}, ""})) == errc::peer_unreachable);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
