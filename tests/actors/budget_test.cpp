#include "actors/system/budget.hpp"
#include "tests/actors/support.hpp"

#include <caf/event_based_actor.hpp>

namespace noctis {

using namespace test;

namespace {

constexpr uint64_t mib = uint64_t{1} << 20;

struct budget_fixture : actor_fixture {
  budget_actor memory = keep(system.spawn(budget, 10 * mib));
  std::mutex mutex;
  std::vector<std::string> granted; ///< names, in order

  /// An actor that asks for memory and notes when it gets it; it holds it until it ends.
  caf::actor holder(const std::string& name, uint64_t bytes) {
    return system.spawn([this, name, bytes](caf::event_based_actor* actor) -> caf::behavior {
      actor->request(memory, caf::infinite, reserve_bytes{bytes, true}).then([this, name] {
        const std::lock_guard<std::mutex> guard{mutex};
        granted.push_back(name);
      });
      return {[](int) {}};
    });
  }

  std::vector<std::string> now() {
    const std::lock_guard<std::mutex> guard{mutex};
    return granted;
  }

  double used() { return metric_of(memory, "noctis_memory_budget_used_bytes"); }
  double waiting() { return metric_of(memory, "noctis_memory_budget_waiting"); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(budgets, budget_fixture)

BOOST_AUTO_TEST_CASE(memory_is_granted_and_comes_back) {
  BOOST_REQUIRE(!tell(memory, reserve_bytes{4 * mib, true}));
  BOOST_REQUIRE(!tell(memory, reserve_bytes{6 * mib, false}));
  BOOST_TEST(used() == 10.0 * mib);
  self->send(memory, release_bytes{7 * mib});
  BOOST_TEST(used() == 3.0 * mib);
  self->send(memory, release_bytes{100 * mib}); // more than it holds
  BOOST_TEST(used() == 0);
  BOOST_TEST(metric_of(memory, "noctis_memory_budget_bytes") == 10.0 * mib);
}

BOOST_AUTO_TEST_CASE(who_does_not_wait_is_refused) {
  BOOST_REQUIRE(!tell(memory, reserve_bytes{8 * mib, true}));
  BOOST_TEST(code_of(tell(memory, reserve_bytes{3 * mib, false})) == errc::overloaded);
  BOOST_TEST(code_of(tell(memory, reserve_bytes{11 * mib, true})) == errc::overloaded); // can never be
  BOOST_TEST(metric_of(memory, "noctis_memory_budget_refused_total") == 1);
  BOOST_TEST(used() == 8.0 * mib);
}

BOOST_AUTO_TEST_CASE(who_came_first_is_served_first) {
  BOOST_REQUIRE(!tell(memory, reserve_bytes{8 * mib, true}));
  const auto large = holder("large", 6 * mib);
  BOOST_REQUIRE(eventually([&] { return waiting() == 1; }));
  const auto small = holder("small", 1 * mib);
  BOOST_REQUIRE(eventually([&] { return waiting() == 2; }));
  // There is room for the small one, but it does not pass the large one; nor does who does not wait.
  BOOST_TEST(code_of(tell(memory, reserve_bytes{1 * mib, false})) == errc::overloaded);
  BOOST_TEST(now().empty());
  self->send(memory, release_bytes{8 * mib});
  BOOST_REQUIRE(eventually([&] { return now().size() == 2; }));
  BOOST_TEST(used() == 7.0 * mib);
  end(large);
  end(small);
}

BOOST_AUTO_TEST_CASE(the_end_of_a_holder_gives_its_memory_back) {
  const auto first = holder("first", 7 * mib);
  BOOST_REQUIRE(eventually([&] { return now().size() == 1; }));
  const auto second = holder("second", 7 * mib);
  BOOST_REQUIRE(eventually([&] { return waiting() == 1; }));
  end(first);
  BOOST_REQUIRE(eventually([&] { return now().size() == 2; }));
  BOOST_TEST(used() == 7.0 * mib);
  end(second);
  BOOST_TEST(eventually([&] { return used() == 0; }));
}

BOOST_AUTO_TEST_CASE(who_ends_while_waiting_gets_nothing) {
  BOOST_REQUIRE(!tell(memory, reserve_bytes{8 * mib, true}));
  const auto gone = holder("gone", 6 * mib);
  BOOST_REQUIRE(eventually([&] { return waiting() == 1; }));
  end(gone);
  self->send(memory, release_bytes{8 * mib});
  BOOST_TEST(eventually([&] { return used() == 0 && waiting() == 0; }));
}

BOOST_AUTO_TEST_CASE(who_gives_up_waiting_holds_no_more_than_before) {
  const auto other = holder("other", 8 * mib);
  BOOST_REQUIRE(eventually([&] { return now().size() == 1; }));
  BOOST_REQUIRE(!tell(memory, reserve_bytes{1 * mib, true}));
  errc code = errc::none;
  self->request(memory, std::chrono::milliseconds{50}, reserve_bytes{2 * mib, true})
      .receive([] {}, [&](caf::error& error) { code = code_of(error); });
  BOOST_TEST(code == errc::timeout);
  self->send(memory, release_bytes{2 * mib});
  BOOST_TEST(waiting() == 0);
  BOOST_TEST(used() == 9.0 * mib);
  end(other);
  BOOST_TEST(eventually([&] { return used() == 1.0 * mib; }));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
