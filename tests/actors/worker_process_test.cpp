#include "actors/work/worker_process.hpp"
#include "messages/errors.hpp"
#include "tests/results.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <csignal>
#include <string>
#include <unistd.h>

namespace noctis {

using namespace test;

namespace {

using namespace std::chrono_literals;

/// A worker of the test program, and what it has told.
struct worker_fixture {
  worker_options options;
  std::vector<worker_frame> frames;
  bool goes_on = true;

  worker_fixture() {
    options.program = NOCTIS_UNRULY_WORKER;
    options.time = 20s;
  }

  worker_process start(const std::string& task) {
    auto started = worker_process::start(options, task,
                                         {[this](worker_frame& frame) {
                                            frames.push_back(std::move(frame));
                                            return caf::error{};
                                          },
                                          [this] { return goes_on; }});
    BOOST_REQUIRE_MESSAGE(started, reason_for(started));
    return std::move(*started);
  }

  /// Runs a task without input to its end.
  caf::error run(const std::string& task) {
    auto worker = start(task);
    if (auto error = worker.send(worker_frame_kind::task, "{}")) return error;
    return worker.finish();
  }
};

bool is_about(const caf::error& error, errc code, const std::string& text) {
  const bool is = code_of(error) == code && reason_of(error).find(text) != std::string::npos;
  if (!is) BOOST_TEST_MESSAGE("the error is " << to_string(code_of(error)) << ": " << reason_of(error));
  return is;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(worker_processes, worker_fixture)

BOOST_AUTO_TEST_CASE(frames_go_there_and_back_and_the_worker_is_nice) {
  options.niceness = 3;
  auto worker = start("echo");
  BOOST_TEST(!worker.send(worker_frame_kind::task, "{}"));
  const std::string large(size_t{9} << 20, 'x'); // more than any pipe holds, both ways at once
  BOOST_TEST(!worker.send(worker_frame_kind::instance, large));
  BOOST_TEST(!worker.begin(worker_frame_kind::prior, 5));
  BOOST_TEST(!worker.append(reinterpret_cast<const uint8_t*>("ab"), 2));
  BOOST_TEST(!worker.append(reinterpret_cast<const uint8_t*>("cde"), 3));
  BOOST_TEST(!worker.finish());
  BOOST_REQUIRE_EQUAL(frames.size(), 5);
  BOOST_TEST(progress_from_text(frames[0].text()).share == 0.5);
  BOOST_TEST(progress_from_text(frames[0].text()).at == "echo");
  BOOST_TEST((frames[1].text() == large));
  BOOST_TEST(frames[3].text() == "abcde");
  const auto niceness = std::to_string(::nice(0) + options.niceness);
  BOOST_TEST(frames[4].text() == R"({"count":2,"niceness":)" + niceness + R"(,"session":)" + niceness + "}");
  BOOST_TEST(worker.peak_memory() > (int64_t{9} << 20));
}

BOOST_AUTO_TEST_CASE(a_crash_is_an_error_that_names_the_signal) {
  auto worker = start("crash");
  BOOST_TEST(!worker.send(worker_frame_kind::task, "{}"));
  BOOST_TEST(is_about(worker.finish(), errc::internal, "killed by signal 11"));
  BOOST_TEST(!worker.is_ended_from_outside());
  BOOST_TEST(worker.last_words() == "about to crash\n");
}

BOOST_AUTO_TEST_CASE(who_is_killed_by_others_is_not_to_blame) {
  auto killed = start("killed");
  BOOST_TEST(!killed.send(worker_frame_kind::task, "{}"));
  BOOST_TEST(is_about(killed.finish(), errc::internal, "killed by signal 9"));
  BOOST_TEST(killed.is_ended_from_outside());
  options.time = 100ms;
  auto late = start("sleep");
  BOOST_TEST(!late.send(worker_frame_kind::task, "{}"));
  BOOST_TEST(is_about(late.finish(), errc::timeout, "100 ms"));
  BOOST_TEST(!late.is_ended_from_outside());
}

BOOST_AUTO_TEST_CASE(an_exit_code_is_an_error) {
  BOOST_TEST(is_about(run("leave"), errc::internal, "exit code 3"));
  options.program = "/nowhere/noctis-worker";
  const auto started = worker_process::start(options, "echo", {});
  BOOST_TEST(!started);
  BOOST_TEST(is_about(started.error(), errc::internal, "does not start"));
}

BOOST_AUTO_TEST_CASE(what_the_worker_says_of_its_failure_is_the_error) {
  BOOST_TEST(is_about(run("refuse"), errc::limit_exceeded, "too many slices"));
  BOOST_TEST(is_about(run("unknown"), errc::invalid_argument, "no task is called 'unknown'"));
  auto worker = start("echo");
  BOOST_TEST(!worker.send(worker_frame_kind::task, "[1]"));
  BOOST_TEST(is_about(worker.finish(), errc::invalid_argument, "no JSON object"));
}

BOOST_AUTO_TEST_CASE(time_is_limited) {
  options.time = 300ms;
  const auto begin = std::chrono::steady_clock::now();
  BOOST_TEST(is_about(run("sleep"), errc::timeout, "more than 300 ms"));
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s));
}

#ifndef NOCTIS_SANITIZED // which ends a program that runs out of memory, in place of std::bad_alloc
BOOST_AUTO_TEST_CASE(memory_is_limited) {
  options.memory = uint64_t{256} << 20;
  BOOST_TEST(is_about(run("hoard"), errc::limit_exceeded, "memory"));
  BOOST_TEST(frames.empty());
}
#endif

BOOST_AUTO_TEST_CASE(a_withdrawn_task_ends_at_once) {
  goes_on = false;
  BOOST_TEST(is_about(run("sleep"), errc::cancelled, "withdrawn"));
}

BOOST_AUTO_TEST_CASE(a_worker_that_never_reads_holds_nobody_up) {
  options.time = 500ms;
  auto worker = start("deaf");
  const std::string large(size_t{32} << 20, 'x');
  auto error = worker.send(worker_frame_kind::task, "{}");
  if (!error) error = worker.send(worker_frame_kind::instance, large);
  BOOST_TEST(is_about(error, errc::timeout, "500 ms"));
  BOOST_TEST(is_about(worker.finish(), errc::timeout, "500 ms"));
}

BOOST_AUTO_TEST_CASE(frames_that_are_none_end_the_worker) {
  BOOST_TEST(is_about(run("babble"), errc::invalid_argument, "is none that goes out of a worker"));
  BOOST_TEST(is_about(run("boast"), errc::limit_exceeded, "1099511627776"));
  BOOST_TEST(is_about(run("short"), errc::internal, "within a frame"));
}

BOOST_AUTO_TEST_CASE(an_error_of_who_takes_the_frames_ends_the_worker) {
  auto started = worker_process::start(
      options, "echo", {[](worker_frame&) { return failure(errc::disk_full, "no room for the object"); }, {}});
  BOOST_REQUIRE(started);
  BOOST_TEST(!started->send(worker_frame_kind::task, "{}"));
  BOOST_TEST(!started->send(worker_frame_kind::instance, "abc"));
  BOOST_TEST(is_about(started->finish(), errc::disk_full, "no room"));
}

BOOST_AUTO_TEST_CASE(more_than_a_frame_has_is_refused) {
  auto worker = start("echo");
  BOOST_TEST(!worker.begin(worker_frame_kind::task, 2));
  BOOST_TEST(is_about(worker.append(reinterpret_cast<const uint8_t*>("{ }"), 3), errc::invalid_argument, "more"));
  BOOST_TEST(is_about(worker.send(worker_frame_kind::end, {}), errc::invalid_argument, "missing"));
  BOOST_TEST(is_about(worker.begin(worker_frame_kind::result, 2), errc::invalid_argument, "missing"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
