#include "tests/schema/fixture.hpp"

#include <algorithm>
#include <random>
#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

/// Makes the server end the session that inserts the instance `sop_uid`: in the statement, or `when` deferred in its
/// commit; `once` only, or each time.
void end_session_at(const database_options& options, const std::string& sop_uid, bool in_commit, bool once) {
  tell(options, "create sequence ended");
  tell(options, "create function end_session() returns trigger language plpgsql as $$ begin "
                "if new.sop_uid = '" +
                    sop_uid + "' and (nextval('ended') = 1 or not " + (once ? "true" : "false") +
                    ") then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if; "
                    "return new; end $$");
  tell(options, std::string{"create constraint trigger end_session after insert on kept_instances "} +
                    (in_commit ? "deferrable initially deferred " : "") +
                    "for each row execute function end_session()");
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(index_faults, migrated)

BOOST_AUTO_TEST_CASE(a_session_that_ends_in_mid_transaction_is_renewed_and_the_batch_stored_once) {
  end_session_at(options, uid("instance", 2), false, true);
  for (const auto& answer : index_repository{db}.index_batch({entry(1, 1, 1), entry(1, 1, 2)}))
    BOOST_TEST(result_of(answer).what == disposition::stored);
  BOOST_TEST(ask("select number_of_instances from studies") == "2");
}

BOOST_AUTO_TEST_CASE(a_session_that_ends_in_mid_transaction_again_and_again_leaves_nothing) {
  end_session_at(options, uid("instance", 2), false, false);
  BOOST_CHECK_EXCEPTION(index_repository{db}.index_batch({entry(1, 1, 1), entry(1, 1, 2)}), database_error,
                        has_code(errc::index_unavailable));
  BOOST_TEST(ask("select count(*) from studies") == "0");
  BOOST_TEST(result_of(index(db, entry(1, 1, 1))).what == disposition::stored);
}

BOOST_AUTO_TEST_CASE(a_doubt_about_a_commit_is_settled_by_asking_again) {
  end_session_at(options, uid("instance", 2), true, true);
  for (const auto& answer : index_repository{db}.index_batch({entry(1, 1, 1), entry(1, 1, 2)}))
    BOOST_TEST(result_of(answer).what == disposition::stored);
  BOOST_TEST(ask("select sum(instances) from facility_counts") == "2");
}

BOOST_AUTO_TEST_CASE(a_doubt_that_cannot_be_settled_is_reported_as_such) {
  end_session_at(options, uid("instance", 2), true, false);
  BOOST_CHECK_EXCEPTION(index_repository{db}.index_batch({entry(1, 1, 1), entry(1, 1, 2)}), database_error,
                        has_code(errc::in_doubt));
  BOOST_TEST(ask("select count(*) from instances") == "0");
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there_is_reported_as_unavailable) {
  database_options nowhere;
  nowhere.url = "postgresql://noctis@127.0.0.1:1/noctis";
  database away{nowhere};
  BOOST_CHECK_EXCEPTION(index(away, entry(1, 1, 1)), database_error, has_code(errc::index_unavailable));
  BOOST_CHECK_EXCEPTION(away.ping(), database_error, has_code(errc::index_unavailable));
}

BOOST_AUTO_TEST_CASE(a_connection_lost_while_idle_is_renewed_unnoticed) {
  index(db, entry(1, 1, 1));
  tell(options, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'noctis'");
  BOOST_TEST(result_of(index(db, entry(1, 1, 2))).what == disposition::stored);
  tell(options, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'noctis'");
  BOOST_TEST(db.ping() > 0.0);
}

BOOST_AUTO_TEST_CASE(a_statement_that_takes_too_long_is_a_timeout) {
  auto impatient = options;
  impatient.statement_timeout = std::chrono::milliseconds{100};
  database other{impatient};
  index(db, entry(1, 1, 1));
  tell(options, "create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(2); "
                "return new; end $$; create trigger dawdle before insert on kept_instances for each row "
                "execute function dawdle()");
  BOOST_CHECK_EXCEPTION(index(other, entry(1, 1, 2)), database_error, has_code(errc::timeout));
}

BOOST_AUTO_TEST_CASE(writers_of_overlapping_batches_agree_without_deadlock) {
  constexpr int writers = 4, instances = 240;
  std::vector<std::thread> threads;
  std::vector<std::string> failures(writers);
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      try {
        std::vector<index_entry> mine;
        for (int i = 0; i < instances; ++i) mine.push_back(entry(i % 12, i % 24, i));
        std::shuffle(mine.begin(), mine.end(), std::mt19937(static_cast<unsigned>(writer)));
        database own{options};
        index_repository repository{own};
        for (size_t i = 0; i < mine.size(); i += 8) {
          for (const auto& answer : repository.index_batch({mine.begin() + static_cast<std::ptrdiff_t>(i),
                                                            mine.begin() + static_cast<std::ptrdiff_t>(i + 8)})) {
            if (const auto* refusal = std::get_if<index_refusal>(&answer))
              failures[static_cast<size_t>(writer)] += refusal->sentence + "; ";
          }
        }
      } catch (const std::exception& error) {
        failures[static_cast<size_t>(writer)] = error.what();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& failure : failures) BOOST_TEST(failure == "");
  BOOST_TEST(ask("select count(*) from instances") == "240");
  BOOST_TEST(ask("select count(*) from locations") == "240");
  BOOST_TEST(ask("select sum(patients) || ' ' || sum(studies) || ' ' || sum(series) || ' ' || sum(instances) "
                 "from facility_counts") == "12 12 24 240");
  BOOST_TEST(ask("select count(*) from studies s where number_of_instances <> 20 or number_of_series <> 2") == "0");
  BOOST_TEST(ask("select count(*) from series r where number_of_instances <> 10") == "0");
  BOOST_TEST(ask("select deadlocks from pg_stat_database where datname = current_database()") == "0");
}

BOOST_AUTO_TEST_SUITE_END()
