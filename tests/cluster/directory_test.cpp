#include "actors/index/editor.hpp"
#include "actors/index/jobs.hpp"
#include "cluster/directory.hpp"
#include "tests/actors/doubles.hpp"
#include "tests/actors/support.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace noctis {

using namespace test;

namespace {

/// The face of a node that offers what the test says; mute, it does not tell its status.
node_actor::behavior_type face_double(node_actor::pointer self, const std::string& name,
                                      const std::shared_ptr<shared_services>& offered, bool is_mute) {
  return {
      [offered](services_atom) {
        const std::lock_guard<std::mutex> guard{offered->mutex};
        return offered->now;
      },
      [self, name, is_mute](status_atom) -> caf::result<node_status> {
        if (is_mute) return self->make_response_promise<node_status>();
        node_status status;
        status.node = name;
        return status;
      },
      [name](ping_atom) { return name; },
      [](drain_atom) {},
  };
}

reader_actor::behavior_type reader_double(reader_actor::pointer) {
  return {
      [](const read_range&) { return blob{}; },
      [](const describe_files&) { return file_descriptions{}; },
  };
}

accounts_actor::behavior_type accounts_double(accounts_actor::pointer) {
  return {
      [](const login_request&) { return session_grant{}; },
      [](const refresh_request&) { return session_grant{}; },
      [](const logout_request&) {},
      [](const authenticate_request&) { return authenticated{}; },
      [](const people_request&) { return people_list{}; },
  };
}

struct directory_fixture : actor_fixture {
  shared_world w = std::make_shared<world>();
  std::shared_ptr<shared_services> theirs = std::make_shared<shared_services>();
  full_directory_actor knows = keep(system.spawn(directory));
  node_actor own_face = keep(system.spawn(face_double, "own", std::make_shared<shared_services>(), false));
  node_actor their_face = keep(system.spawn(face_double, "theirs", theirs, false));

  services now() { return get<services>(knows, services_atom::value); }

  std::string stores() {
    std::string names;
    for (const auto& store : now().stores) names += store.node + " ";
    return names;
  }

  services store_of(const std::string& node) {
    services offered;
    offered.stores.push_back({node, keep(spawn_storer(system, w)), keep(system.spawn(reader_double))});
    return offered;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(directories, directory_fixture)

BOOST_AUTO_TEST_CASE(at_first_nothing_can_be_reached) {
  BOOST_TEST(now().stores.empty());
  BOOST_TEST(now().indexes.empty());
  BOOST_TEST(get<std::vector<node_status>>(knows, status_atom::value).empty());
}

BOOST_AUTO_TEST_CASE(this_nodes_own_services_come_first) {
  theirs->set(store_of("a-theirs"));
  self->send(knows, std::string{"a-theirs"}, their_face);
  BOOST_REQUIRE(eventually([&] { return stores() == "a-theirs "; }));
  self->send(knows, own_face, store_of("own"));
  BOOST_TEST(stores() == "own a-theirs ");
}

BOOST_AUTO_TEST_CASE(a_service_that_ends_is_forgotten_at_once) {
  const auto offered = store_of("own");
  self->send(knows, own_face, offered);
  BOOST_TEST(stores() == "own ");
  end(offered.stores.front().storer);
  BOOST_TEST(eventually([&] { return stores().empty(); }));
}

BOOST_AUTO_TEST_CASE(an_index_without_its_query_actor_is_forgotten) {
  services offered;
  offered.indexes.push_back(
      {"own", keep(spawn_indexer(system, w)), keep(spawn_query(system, w)), keep(system.spawn(accounts_double)),
       keep(system.spawn<caf::detached>(editor, schema::database_options{}, std::chrono::seconds{60})),
       keep(system.spawn<caf::detached>(jobs, schema::database_options{}))});
  self->send(knows, own_face, offered);
  BOOST_TEST(now().indexes.size() == 1u);
  end(offered.indexes.front().query);
  BOOST_TEST(eventually([&] { return now().indexes.empty(); }));
}

BOOST_AUTO_TEST_CASE(a_node_whose_service_ended_is_asked_again) {
  const auto before = store_of("theirs");
  theirs->set(before);
  self->send(knows, std::string{"theirs"}, their_face);
  BOOST_REQUIRE(eventually([&] { return stores() == "theirs "; }));
  const auto after = store_of("theirs");
  theirs->set(after);
  end(before.stores.front().storer);
  BOOST_TEST(eventually([&] {
    const auto found = now().stores;
    return found.size() == 1 && found.front().storer == after.stores.front().storer;
  }));
}

BOOST_AUTO_TEST_CASE(a_service_that_lacks_an_actor_is_left_out) {
  auto offered = store_of("whole");
  offered.stores.push_back({"no-reader", offered.stores.front().storer, {}});
  offered.indexes.push_back({"no-actors", {}, {}, {}});
  theirs->set(offered);
  self->send(knows, std::string{"theirs"}, their_face);
  BOOST_REQUIRE(eventually([&] { return stores() == "whole "; }));
  BOOST_TEST(now().indexes.empty());
}

BOOST_AUTO_TEST_CASE(a_node_that_ends_is_forgotten_with_all_it_offers) {
  theirs->set(store_of("theirs"));
  self->send(knows, std::string{"theirs"}, their_face);
  BOOST_REQUIRE(eventually([&] { return stores() == "theirs "; }));
  end(their_face);
  BOOST_TEST(eventually([&] { return stores().empty(); }));
}

BOOST_AUTO_TEST_CASE(the_nodes_tell_how_they_do_and_this_one_first) {
  self->send(knows, own_face, services{});
  self->send(knows, std::string{"a-theirs"}, their_face);
  const auto all = get<std::vector<node_status>>(knows, status_atom::value);
  BOOST_REQUIRE(all.size() == 2u);
  BOOST_TEST(all.at(0).node == "own");
  BOOST_TEST(all.at(1).node == "theirs");
}

BOOST_AUTO_TEST_CASE(a_node_that_does_not_answer_is_left_out_in_time) {
  const auto mute = keep(system.spawn(face_double, "mute", std::make_shared<shared_services>(), true));
  self->send(knows, own_face, services{});
  self->send(knows, std::string{"mute"}, mute);
  const auto begin = std::chrono::steady_clock::now();
  const auto all = get<std::vector<node_status>>(knows, status_atom::value);
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{4}));
  BOOST_REQUIRE(all.size() == 1u);
  BOOST_TEST(all.front().node == "own");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
