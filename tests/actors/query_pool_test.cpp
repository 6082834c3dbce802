#include "actors/index/query_pool.hpp"
#include "tests/actors/support.hpp"

#include <caf/send.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace noctis {

using namespace test;

namespace {

/// What holds workers up, and lets them go.
struct gate_of_workers {
  std::mutex mutex;
  std::condition_variable opened;
  bool open = false;
  int inside = 0;

  void pass() {
    std::unique_lock<std::mutex> lock{mutex};
    ++inside;
    opened.notify_all();
    opened.wait_for(lock, patience, [this] { return open; });
    --inside;
  }
  void wait_for(int count) {
    std::unique_lock<std::mutex> lock{mutex};
    BOOST_REQUIRE(opened.wait_for(lock, patience, [=] { return inside == count; }));
  }
  void let_go() {
    const std::lock_guard<std::mutex> lock{mutex};
    open = true;
    opened.notify_all();
  }
};

caf::behavior worker(caf::event_based_actor* self, gate_of_workers& held, int number) {
  return {
      [&held](list_atom) {
        held.pass();
        return 0;
      },
      [&held, self](drop_atom) {
        held.pass();
        self->quit(caf::exit_reason::unhandled_exception);
      },
      [number](find_atom) { return number; },
      [](ping_atom) {},
  };
}

struct pool_fixture : actor_fixture {
  gate_of_workers held;
  std::atomic<int> made{0};

  caf::actor pool_of(size_t workers, size_t queue, std::chrono::milliseconds longest_wait = std::chrono::seconds{30}) {
    query_pool_options options;
    options.make_worker = [this] {
      return system.spawn<caf::detached>(
          [this, number = ++made](caf::event_based_actor* actor) { return worker(actor, held, number); });
    };
    options.workers = workers;
    options.queue = queue;
    options.longest_wait = longest_wait;
    return keep(system.spawn(query_pool, options));
  }

  /// Asks in the background; the errors come together in `failures`.
  template <class Atom>
  std::thread asking(const caf::actor& pool, Atom what) {
    return std::thread{[this, pool, what] {
      caf::scoped_actor asker{system};
      asker->request(pool, patience, what)
          .receive([](int) {},
                   [this](const caf::error& error) {
                     const std::lock_guard<std::mutex> lock{mutex};
                     failures.push_back(error);
                   });
    }};
  }

  int answer_of(const caf::actor& pool) {
    int result = 0;
    self->request(pool, patience, find_atom::value)
        .receive([&](int number) { result = number; }, [&](const caf::error& error) { failure_now = error; });
    return result;
  }

  double metric_of(const caf::actor& pool, const std::string& name) {
    double result = -1;
    self->request(pool, patience, metrics_atom::value)
        .receive(
            [&](const std::vector<metric>& metrics) {
              for (const auto& one : metrics) {
                if (one.name == name) result = one.value;
              }
            },
            [](const caf::error&) {});
    return result;
  }

  std::mutex mutex;
  std::vector<caf::error> failures;
  caf::error failure_now;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(query_pools, pool_fixture)

BOOST_AUTO_TEST_CASE(a_slow_query_holds_up_no_other) {
  const auto pool = pool_of(2, 10);
  auto slow = asking(pool, list_atom::value);
  held.wait_for(1);
  for (int i = 0; i < 20; ++i) BOOST_TEST(answer_of(pool) > 0);
  BOOST_TEST(metric_of(pool, "noctis_queries_running") >= 1);
  held.let_go();
  slow.join();
  BOOST_TEST(failures.empty());
}

BOOST_AUTO_TEST_CASE(requests_wait_in_a_queue_that_has_an_end) {
  const auto pool = pool_of(1, 2);
  std::vector<std::thread> askers;
  askers.push_back(asking(pool, list_atom::value));
  held.wait_for(1);
  askers.push_back(asking(pool, find_atom::value));
  askers.push_back(asking(pool, find_atom::value));
  while (metric_of(pool, "noctis_queries_waiting") < 2) std::this_thread::yield();
  answer_of(pool);
  BOOST_TEST((code_of(failure_now) == errc::overloaded));
  held.let_go();
  for (auto& one : askers) one.join();
  BOOST_TEST(failures.empty());
  BOOST_TEST(metric_of(pool, "noctis_queries_refused_total") == 1);
}

BOOST_AUTO_TEST_CASE(a_worker_that_dies_in_the_middle_is_replaced) {
  const auto pool = pool_of(1, 10);
  auto doomed = asking(pool, drop_atom::value);
  held.wait_for(1);
  auto waiting = asking(pool, find_atom::value);
  held.let_go();
  doomed.join();
  waiting.join();
  BOOST_TEST(answer_of(pool) == 2);
  BOOST_TEST(metric_of(pool, "noctis_query_workers_replaced_total") == 1);
}

BOOST_AUTO_TEST_CASE(what_waited_too_long_fails) {
  const auto pool = pool_of(1, 10, std::chrono::milliseconds{50});
  auto slow = asking(pool, list_atom::value);
  held.wait_for(1);
  auto late = asking(pool, find_atom::value);
  while (metric_of(pool, "noctis_queries_waiting") < 1) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds{100});
  held.let_go();
  slow.join();
  late.join();
  BOOST_REQUIRE(failures.size() == 1u);
  BOOST_TEST((code_of(failures.front()) == errc::timeout));
}

BOOST_AUTO_TEST_CASE(its_end_is_that_of_the_workers_and_an_answer_to_who_waits) {
  const auto pool = pool_of(1, 10);
  auto slow = asking(pool, list_atom::value);
  held.wait_for(1);
  auto waiting = asking(pool, find_atom::value);
  while (metric_of(pool, "noctis_queries_waiting") < 1) std::this_thread::yield();
  caf::anon_send_exit(pool, caf::exit_reason::user_shutdown);
  waiting.join();
  held.let_go();
  slow.join();
  BOOST_REQUIRE(failures.size() == 1u);
  BOOST_TEST((code_of(failures.front()) == errc::shutting_down));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
