#include "actors/system/budget.hpp"
#include "cluster/node.hpp"
#include "tests/actors/doubles.hpp"
#include "tests/actors/support.hpp"

#include <algorithm>

namespace noctis {

using namespace test;

namespace {

/// A listener with three associations, which drains when it is told to.
listener_actor::behavior_type listener_double(listener_actor::pointer,
                                              const std::shared_ptr<std::atomic<bool>>& drained) {
  return {
      [](status_atom) {
        return component_status{"scp", true, "Listening"};
      },
      [drained](drain_atom) { *drained = true; },
      [](metrics_atom) {
        return std::vector<metric>{{"noctis_associations_active", "", metric_kind::gauge, {}, 3, {}, {}}};
      },
  };
}

/// A cache that never answers.
cache_actor::behavior_type frozen_cache(cache_actor::pointer self) {
  return {
      [self](const rate_request&) -> caf::result<rate_verdict> { return self->make_response_promise<rate_verdict>(); },
      [self](const cache_find&) -> caf::result<cache_found> { return self->make_response_promise<cache_found>(); },
      [](const cache_put&) {},
      [self](status_atom) -> caf::result<component_status> { return self->make_response_promise<component_status>(); },
  };
}

struct node_fixture : actor_fixture {
  shared_world w = std::make_shared<world>();
  std::shared_ptr<std::atomic<bool>> drained = std::make_shared<std::atomic<bool>>(false);
  node_parts parts;
  node_actor face;

  node_fixture() {
    parts.name = "node-1";
    parts.offered.stores.push_back({"node-1", keep(spawn_storer(system, w)), {}});
    parts.offered.indexes.push_back({"node-1", keep(spawn_indexer(system, w)), keep(spawn_query(system, w)), {}});
    parts.listener = keep(system.spawn(listener_double, drained));
    parts.budget = keep(system.spawn(budget, 1000));
  }

  void start() { face = keep(system.spawn(node, parts)); }

  static const component_status* component(const node_status& status, const std::string& name) {
    const auto found = std::find_if(status.components.begin(), status.components.end(),
                                    [&](const auto& one) { return one.name == name; });
    return found == status.components.end() ? nullptr : &*found;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(nodes, node_fixture)

BOOST_AUTO_TEST_CASE(it_tells_its_name_and_what_it_offers) {
  start();
  BOOST_TEST(get<std::string>(face, ping_atom::value) == "node-1");
  const auto offered = get<services>(face, services_atom::value);
  BOOST_TEST((offered.stores.at(0).storer == parts.offered.stores.at(0).storer));
  BOOST_TEST((offered.indexes.at(0).query == parts.offered.indexes.at(0).query));
}

BOOST_AUTO_TEST_CASE(it_gathers_how_its_parts_do) {
  start();
  const auto status = get<node_status>(face, status_atom::value);
  BOOST_TEST(status.node == "node-1");
  BOOST_TEST(status.associations_active == 3u);
  for (const auto* name : {"scp", "storage", "database"}) BOOST_TEST(component(status, name), name);
  BOOST_TEST(component(status, "scp")->ok);
  BOOST_TEST(component(status, "database")->ok);
  BOOST_TEST(!component(status, "storage")->ok); // the double has no free byte
  BOOST_TEST(status.stores.size() == 1u);
  const auto is_budget = [](const metric& one) {
    return one.name == "noctis_memory_budget_bytes" && one.value == 1000;
  };
  BOOST_TEST(std::any_of(status.metrics.begin(), status.metrics.end(), is_budget));
}

BOOST_AUTO_TEST_CASE(a_part_that_is_slow_is_told_as_such_and_delays_the_rest_by_a_second_at_most) {
  parts.cache = keep(system.spawn(frozen_cache));
  start();
  const auto begin = std::chrono::steady_clock::now();
  const auto status = get<node_status>(face, status_atom::value);
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{3}));
  BOOST_REQUIRE(component(status, "redis"));
  BOOST_TEST(!component(status, "redis")->ok);
  BOOST_TEST(component(status, "redis")->message.find("timeout") == 0u);
  BOOST_TEST(component(status, "scp")->ok);
}

BOOST_AUTO_TEST_CASE(a_part_that_ended_is_told_as_such) {
  end(parts.offered.indexes.at(0).indexer);
  start();
  const auto status = get<node_status>(face, status_atom::value);
  BOOST_REQUIRE(component(status, "database"));
  BOOST_TEST(!component(status, "database")->ok);
}

BOOST_AUTO_TEST_CASE(it_drains_its_listener) {
  start();
  BOOST_REQUIRE(!tell(face, drain_atom::value));
  BOOST_TEST(drained->load());
}

BOOST_AUTO_TEST_CASE(without_parts_it_is_still_there) {
  parts = {};
  parts.name = "bare";
  start();
  const auto status = get<node_status>(face, status_atom::value);
  BOOST_TEST(status.node == "bare");
  BOOST_TEST(status.components.empty());
  BOOST_TEST(!tell(face, drain_atom::value));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
