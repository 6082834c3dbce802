#include "actors/system/supervisor.hpp"
#include "tests/actors/support.hpp"

#include <caf/send.hpp>

namespace noctis {

using namespace test;

namespace {

/// A supervisor of the children a, b and c, which note when they start and end.
struct supervisor_fixture : actor_fixture {
  std::mutex mutex;
  std::vector<std::string> happened;
  running_children latest;
  std::string why;
  caf::actor chief;

  void note(const std::string& what) {
    const std::lock_guard<std::mutex> guard{mutex};
    happened.push_back(what);
  }

  /// What has happened since `forget`, in one line.
  std::string line() {
    const std::lock_guard<std::mutex> guard{mutex};
    std::string result;
    for (const auto& one : happened) result += (result.empty() ? "" : " ") + one;
    return result;
  }

  bool comes_to(const std::string& expected) {
    const bool came = eventually([&] { return line() == expected; });
    if (!came) BOOST_TEST(line() == expected);
    return came;
  }

  void forget() {
    const std::lock_guard<std::mutex> guard{mutex};
    happened.clear();
  }

  caf::actor child(const std::string& name) {
    const std::lock_guard<std::mutex> guard{mutex};
    return latest.at(name);
  }

  child_spec spec(const std::string& name, size_t earlier) {
    return {name, [this, name, earlier](caf::event_based_actor* self, const running_children& before) {
              note(before.size() == earlier ? "+" + name : "wrong neighbours of " + name);
              return self->spawn([this, name](caf::event_based_actor* actor) -> caf::behavior {
                actor->set_exit_handler([this, name, actor](const caf::exit_msg& exit) {
                  note("-" + name);
                  actor->quit(exit.reason);
                });
                return {[](int) {}};
              });
            }};
  }

  /// A child that ends with the next message only.
  child_spec lingering(const std::string& name) {
    return {name, [this, name](caf::event_based_actor* self, const running_children&) {
              note("+" + name);
              return self->spawn([this, name](caf::event_based_actor* actor) -> caf::behavior {
                actor->set_exit_handler([](const caf::exit_msg&) {});
                return {[this, name, actor](int) {
                  note("-" + name);
                  actor->quit();
                }};
              });
            }};
  }

  supervisor_options options(size_t max_restarts = 10) {
    supervisor_options result;
    result.children = {spec("a", 0), spec("b", 1), spec("c", 2)};
    result.restart_delay = std::chrono::milliseconds{1};
    result.max_restarts = max_restarts;
    result.started = [this](const running_children& all) {
      const std::lock_guard<std::mutex> guard{mutex};
      latest = all;
      happened.emplace_back("started");
    };
    result.given_up = [this](const std::string& reason) {
      const std::lock_guard<std::mutex> guard{mutex};
      why = reason;
      happened.emplace_back("given up");
    };
    return result;
  }

  void start(const supervisor_options& given) {
    chief = system.spawn(supervisor, given);
    BOOST_REQUIRE(comes_to("+a +b +c started"));
    forget();
  }

  ~supervisor_fixture() {
    if (chief) end(chief);
    latest.clear();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(supervisors, supervisor_fixture)

BOOST_AUTO_TEST_CASE(on_exit_the_children_end_in_reverse_order) {
  start(options());
  end(chief);
  BOOST_TEST(line() == "-c -b -a");
  chief = nullptr;
}

BOOST_AUTO_TEST_CASE(children_that_stand_alone_end_side_by_side) {
  auto given = options();
  given.children[1].stands_alone = true;
  given.children[2] = lingering("c");
  given.children[2].stands_alone = true;
  start(given);
  caf::anon_send_exit(chief, caf::exit_reason::user_shutdown);
  BOOST_REQUIRE(comes_to("-b")); // and a, which does not stand alone, waits for c
  caf::anon_send(child("c"), 0);
  BOOST_REQUIRE(comes_to("-b -c -a"));
  end(chief);
  chief = nullptr;
}

BOOST_AUTO_TEST_CASE(the_last_child_restarts_alone) {
  start(options());
  caf::anon_send_exit(child("c"), caf::exit_reason::user_shutdown);
  comes_to("-c +c started");
}

BOOST_AUTO_TEST_CASE(a_child_restarts_with_those_that_started_after_it) {
  start(options());
  const auto before = child("a");
  caf::anon_send_exit(child("b"), caf::exit_reason::user_shutdown);
  comes_to("-b -c +b +c started");
  BOOST_TEST((child("a") == before));
}

BOOST_AUTO_TEST_CASE(a_child_that_is_killed_restarts_too) {
  start(options());
  caf::anon_send_exit(child("a"), caf::exit_reason::kill);
  comes_to("-c -b +a +b +c started");
}

BOOST_AUTO_TEST_CASE(children_that_end_again_and_again_end_the_node) {
  start(options(2));
  for (int i = 0; i < 2; ++i) {
    caf::anon_send_exit(child("c"), caf::exit_reason::user_shutdown);
    BOOST_REQUIRE(comes_to("-c +c started"));
    forget();
  }
  caf::anon_send_exit(child("c"), caf::exit_reason::user_shutdown);
  BOOST_REQUIRE(comes_to("-c given up"));
  BOOST_TEST(why == "actors end again and again");
  forget();
  end(chief);
  BOOST_TEST(line() == "-b -a");
  chief = nullptr;
}

BOOST_AUTO_TEST_CASE(exit_during_a_restart_ends_it_all) {
  auto slow = options();
  slow.restart_delay = std::chrono::hours{1};
  start(slow);
  caf::anon_send_exit(child("b"), caf::exit_reason::user_shutdown);
  BOOST_REQUIRE(comes_to("-b -c"));
  end(chief);
  BOOST_TEST(line() == "-b -c -a");
  chief = nullptr;
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
