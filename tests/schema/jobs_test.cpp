#include "schema/repositories/jobs.hpp"
#include "tests/schema/fixture.hpp"

#include <atomic>
#include <set>
#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct ledger : migrated {
  jobs_repository jobs{db};
  principal operations = system_principal("test");

  int64_t submit(const std::string& key = "", const std::string& priority = "routine", int32_t attempts = 3) {
    return jobs.submit({operations, "forward", R"({"n":1})", key, priority, attempts, 0});
  }
  int64_t claim(const std::string& worker = "w1", int64_t lease_ms = 60'000) {
    const auto found = jobs.claim({{"forward"}, worker, lease_ms});
    return found.empty() ? 0 : found.front().id;
  }
  void fail(int64_t id, bool final = false) { jobs.end({id, "w1", "", "it does not work", final}); }
  void succeed(int64_t id) { jobs.end({id, "w1", R"({"sent":3})", "", false}); }
  /// Makes time pass for a job that waits.
  void hurry() const { tell(options, "update jobs set run_after = now() where state = 'pending'"); }
  std::string told() const {
    return ask("select string_agg((payload->>'state') || ' ' || (payload->>'progress'), ', ' order by id) from events "
               "where type = 'job.updated'");
  }
  std::string state(int64_t id) { return jobs.find(operations, id).state; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(jobs_repository_, ledger)

BOOST_AUTO_TEST_CASE(a_job_is_claimed_once_and_done) {
  const auto id = submit();
  const auto claimed = jobs.claim({{"thumbnail", "forward"}, "w1", 60'000});
  BOOST_REQUIRE(claimed.size() == 1u);
  BOOST_TEST(claimed.front().id == id);
  BOOST_TEST(claimed.front().attempts == 1);
  BOOST_TEST(claimed.front().payload == R"({"n": 1})");
  BOOST_TEST(claim("w2") == 0);
  BOOST_TEST(jobs.report({id, "w1", 0.5, 60'000}));
  BOOST_TEST(!jobs.report({id, "w2", 0.5, 60'000}));
  BOOST_TEST(jobs.find(operations, id).progress == 0.5);
  BOOST_CHECK_EXCEPTION(jobs.end({id, "w2", "", "", false}), database_error, has_code(errc::state_conflict));
  succeed(id);
  const auto done = jobs.find(operations, id);
  BOOST_TEST(done.state == "done");
  BOOST_TEST(done.result == R"({"sent": 3})");
  BOOST_TEST(done.finished_at >= done.created_at);
  BOOST_TEST(told() == "pending 0, running 0, running 0.5, done 1");
}

BOOST_AUTO_TEST_CASE(urgent_jobs_come_first_and_those_of_other_queues_not_at_all) {
  const auto routine = submit();
  const auto stat = submit("", "stat");
  BOOST_TEST(jobs.claim({{"report"}, "w1", 1000}).empty());
  BOOST_TEST(jobs.claim({{}, "w1", 1000}).empty());
  BOOST_TEST(claim() == stat);
  BOOST_TEST(claim() == routine);
  BOOST_TEST(claim() == 0);
}

BOOST_AUTO_TEST_CASE(a_failed_attempt_waits_longer_each_time_and_the_last_is_the_end) {
  const auto id = submit();
  for (const int64_t seconds : {5, 10}) {
    BOOST_TEST(claim() == id);
    fail(id);
    BOOST_TEST(state(id) == "pending");
    BOOST_TEST(claim() == 0);
    BOOST_TEST(ask("select round(extract(epoch from run_after - now()))::int between " + std::to_string(seconds - 2) +
                   " and " + std::to_string(seconds) + " from jobs") == "t");
    hurry();
  }
  BOOST_TEST(claim() == id);
  fail(id);
  const auto failed = jobs.find(operations, id);
  BOOST_TEST(failed.state == "failed");
  BOOST_TEST(failed.error == "it does not work");
  BOOST_TEST(told() == "pending 0, running 0, pending 0, running 0, pending 0, running 0, failed 0");
  BOOST_TEST(jobs.retry(operations, id).state == "pending");
  BOOST_TEST(claim() == id);
  fail(id, true); // at the first of three attempts
  BOOST_TEST(state(id) == "failed");
}

BOOST_AUTO_TEST_CASE(a_worker_that_goes_silent_loses_its_job) {
  const auto id = submit("", "routine", 2);
  BOOST_TEST(claim("w1", 1) == id);
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  BOOST_TEST(claim("w2") == 0); // it waits a moment
  hurry();
  BOOST_TEST(claim("w2", 1) == id);
  BOOST_TEST(!jobs.report({id, "w1", 1, 1000}));
  BOOST_CHECK_EXCEPTION(succeed(id), database_error, has_code(errc::state_conflict));
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  BOOST_TEST(claim("w3") == 0);
  const auto lost = jobs.find(operations, id);
  BOOST_TEST(lost.state == "failed");
  BOOST_TEST(lost.error == "the worker w2 went silent");
}

BOOST_AUTO_TEST_CASE(of_one_key_one_job_waits_and_one_that_runs_runs_again) {
  const auto id = submit("study 1");
  BOOST_TEST(submit("study 1") == id);
  const auto other = submit("study 2");
  BOOST_TEST(other != id);
  BOOST_TEST(claim() == id);
  BOOST_TEST(submit("study 1") == id);
  BOOST_TEST(claim() == other); // not the first again, which runs
  BOOST_TEST(claim() == 0);
  succeed(id);
  BOOST_TEST(state(id) == "pending");
  BOOST_TEST(claim() == id);
  succeed(id);
  BOOST_TEST(state(id) == "done");
  BOOST_TEST(submit("study 1") != id);
}

BOOST_AUTO_TEST_CASE(a_job_that_fails_for_good_runs_again_where_somebody_wants_it) {
  const auto id = submit("study 1");
  BOOST_TEST(claim() == id);
  submit("study 1");
  fail(id, true);
  BOOST_TEST(state(id) == "pending");
  BOOST_TEST(jobs.find(operations, id).attempts == 0);
}

BOOST_AUTO_TEST_CASE(a_cancelled_job_is_taken_from_its_worker) {
  const auto id = submit();
  claim();
  BOOST_TEST(jobs.cancel(operations, id).state == "cancelled");
  BOOST_TEST(!jobs.report({id, "w1", 0.5, 1000}));
  BOOST_CHECK_EXCEPTION(succeed(id), database_error, has_code(errc::state_conflict));
  BOOST_CHECK_EXCEPTION(jobs.cancel(operations, id), database_error, has_code(errc::state_conflict));
  BOOST_TEST(jobs.retry(operations, id).state == "pending");
  BOOST_CHECK_EXCEPTION(jobs.retry(operations, id), database_error, has_code(errc::state_conflict));
  BOOST_TEST(ask("select string_agg(action, ' ' order by id) from audit") == "job.cancelled job.retried");
}

BOOST_AUTO_TEST_CASE(jobs_are_seen_by_their_facility) {
  tell(options, "insert into facilities (name) values ('North')");
  const auto ours = jobs.submit({entity(1), "forward", "{}", "", "routine", 1, 0});
  const auto theirs = jobs.submit({entity(2), "forward", "{}", "", "routine", 1, 0});
  const auto nobodys = submit();
  BOOST_CHECK_EXCEPTION(jobs.find(entity(1), theirs), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(jobs.find(entity(1), nobodys), database_error, has_code(errc::not_found));
  job_filter filter;
  BOOST_TEST(jobs.list(filter).count == 0);
  filter.who = entity(1);
  BOOST_REQUIRE(jobs.list(filter).jobs.size() == 1u);
  BOOST_TEST(jobs.list(filter).jobs.front().id == ours);
  filter.who = operations;
  BOOST_TEST(jobs.list(filter).count == 3);
  filter.state = "running";
  BOOST_TEST(jobs.list(filter).count == 0);
  auto editor = entity(1);
  BOOST_CHECK_EXCEPTION(jobs.cancel(editor, ours), database_error, has_code(errc::permission_denied));
  editor.permissions |= static_cast<uint32_t>(permission::study_edit);
  BOOST_CHECK_EXCEPTION(jobs.cancel(editor, theirs), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_with_its_name) {
  const auto bad = has_code(errc::invalid_argument);
  const auto with = [&](auto change) {
    job_submission submission{operations, "forward", "{}", "", "routine", 1, 0};
    change(submission);
    return submission;
  };
  BOOST_CHECK_EXCEPTION(jobs.submit(with([](auto& s) { s.queue = "For ward"; })), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.submit(with([](auto& s) { s.payload = "[]"; })), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.submit(with([](auto& s) { s.payload = "{"; })), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.submit(with([](auto& s) { s.priority = "soon"; })), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.submit(with([](auto& s) { s.max_attempts = 0; })), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.submit(with([](auto& s) { s.delay_ms = -1; })), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.submit(with([](auto& s) { s.unique_key = std::string(257, 'k'); })), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.claim({{"forward"}, "", 1000}), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.claim({{"forward"}, "w", 0}), database_error, bad);
  BOOST_CHECK_EXCEPTION(jobs.report({1, "w", 2, 1000}), database_error, bad);
  job_filter filter;
  filter.who = operations;
  filter.state = "gone";
  BOOST_CHECK_EXCEPTION(jobs.list(filter), database_error, bad);
}

BOOST_AUTO_TEST_CASE(a_token_is_given_out_once_urgent_ones_first_and_again_when_it_is_old) {
  const auto routine = submit();
  const auto stat = submit("", "stat");
  const auto later = jobs.submit({operations, "forward", "{}", "", "stat", 3, 60'000});
  const auto ids = [&](int32_t tokens, int64_t older_than_ms) {
    std::vector<int64_t> result;
    for (const auto& token : jobs.hand_out({{{"forward", tokens, older_than_ms}, {"report", 0, older_than_ms}}})) {
      BOOST_TEST(token.queue == "forward");
      result.push_back(token.id);
    }
    return result;
  };
  BOOST_TEST(ids(1, 0) == std::vector<int64_t>{stat});
  BOOST_TEST(ids(9, 0) == std::vector<int64_t>{routine});
  BOOST_TEST(ids(9, 60'000).empty());
  tell(options, "update jobs set handed_at = now() - interval '1 minute' where id = " + std::to_string(stat));
  BOOST_TEST(ids(9, 30'000) == std::vector<int64_t>{stat});
  BOOST_TEST(claim() == stat);
  tell(options, "update jobs set handed_at = now() - interval '1 minute' where handed_at is not null");
  BOOST_TEST(ids(9, 30'000) == std::vector<int64_t>{routine}); // a job that runs needs no token
  fail(stat);
  hurry();
  const auto again = ids(9, 0);
  BOOST_TEST(std::set<int64_t>(again.begin(), again.end()) == (std::set<int64_t>{stat, later}));
}

BOOST_AUTO_TEST_CASE(queues_tell_how_they_are) {
  submit();
  const auto id = submit("", "stat");
  submit("", "urgent");
  BOOST_TEST(claim() == id);
  succeed(id);
  claim();
  const auto found = jobs.queues({operations, 1}).queues;
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found.front().queue == "forward");
  BOOST_TEST(found.front().pending == 1);
  BOOST_TEST(found.front().running == 1);
  BOOST_TEST(found.front().failed == 0);
  BOOST_TEST(found.front().done == 1);
  BOOST_TEST(found.front().p95_seconds >= found.front().mean_seconds);
  BOOST_TEST(jobs.queues({principal{}, 1}).queues.empty());
  BOOST_CHECK_EXCEPTION(jobs.queues({operations, 0}), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(old_jobs_that_ended_well_are_forgotten_and_failed_ones_are_not) {
  for (int i = 0; i < 3; ++i) submit();
  succeed(claim());
  fail(claim(), true);
  tell(options, "update jobs set finished_at = now() - interval '31 days' where finished_at is not null");
  BOOST_TEST(jobs.prune(30) == 1);
  BOOST_TEST(ask("select string_agg(state, ' ' order by state) from jobs") == "failed pending");
}

BOOST_AUTO_TEST_CASE(two_claimers_never_get_one_job) {
  constexpr int count = 200;
  for (int i = 0; i < count; ++i) submit();
  std::vector<std::vector<int64_t>> got(4);
  std::vector<std::thread> workers;
  for (size_t w = 0; w < got.size(); ++w)
    workers.emplace_back([&, w] {
      database own{options};
      jobs_repository mine{own};
      const auto name = "w" + std::to_string(w);
      for (;;) {
        const auto found = mine.claim({{"forward"}, name, 60'000});
        if (found.empty()) break;
        got[w].push_back(found.front().id);
        mine.end({found.front().id, name, "", "", false});
      }
    });
  for (auto& worker : workers) worker.join();
  std::set<int64_t> distinct;
  size_t total = 0;
  for (const auto& one : got) {
    distinct.insert(one.begin(), one.end());
    total += one.size();
  }
  BOOST_TEST(total == count);
  BOOST_TEST(distinct.size() == count);
}

BOOST_AUTO_TEST_CASE(a_wish_that_meets_the_end_of_the_run_is_not_lost) {
  std::atomic<bool> stop{false};
  std::atomic<int> runs{0};
  std::thread worker{[&] {
    database own{options};
    jobs_repository mine{own};
    for (bool last = false; !last;) {
      last = stop;
      for (;;) {
        const auto found = mine.claim({{"forward"}, "w", 60'000});
        if (found.empty()) break;
        ++runs;
        mine.end({found.front().id, "w", "", "", false});
        last = false;
      }
    }
  }};
  std::set<int64_t> ids;
  for (int i = 0; i < 200; ++i) {
    const int before = runs;
    ids.insert(submit("one key"));
    if (i % 10 == 0) {
      while (runs == before) std::this_thread::yield();
    }
  }
  stop = true;
  worker.join();
  BOOST_TEST(runs >= 20);
  BOOST_TEST(ask("select count(*) from jobs where state <> 'done'") == "0");
}

BOOST_AUTO_TEST_SUITE_END()
