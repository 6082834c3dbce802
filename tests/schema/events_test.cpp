#include "schema/repositories/events.hpp"
#include "tests/schema/fixture.hpp"

#include <set>
#include <thread>

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct outbox : migrated {
  events_repository events{db};
  principal everyone = system_principal("test");

  void happen(const std::string& type, const std::string& facility = "1") const {
    tell(options, "insert into events (type, facility, payload) values ('" + type + "', " + facility + ", '{}')");
  }
  std::string seen(const events_page& page) const {
    std::string types;
    for (const auto& event : page.events) types += event.type + " ";
    return types;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(outboxes, outbox)

BOOST_AUTO_TEST_CASE(events_come_in_order_and_once) {
  auto page = events.after({everyone, ""});
  BOOST_TEST(page.position == "0-0");
  happen("a");
  happen("b", "null");
  happen("c");
  page = events.after({everyone, page.position});
  BOOST_TEST(seen(page) == "a b c ");
  BOOST_TEST(page.position == page.events.back().id);
  BOOST_TEST(events.after({everyone, ""}).position == page.position);
  BOOST_TEST(seen(events.after({everyone, page.position})).empty());
  const auto rest = events.after({everyone, page.events.front().id, 1});
  BOOST_TEST(seen(rest) == "b ");
  BOOST_TEST(rest.more);
  BOOST_TEST(rest.position == rest.events.back().id);
}

BOOST_AUTO_TEST_CASE(the_order_is_that_of_numbers_not_of_digits) {
  for (const auto* transaction : {"9", "10", "100", "99"})
    tell(options, "insert into events (xact, type, facility, payload) values ('" + std::string{transaction} + "', 't" +
                      transaction + "', 1, '{}')");
  const auto page = events.after({everyone, "0-0"});
  BOOST_TEST(seen(page) == "t9 t10 t99 t100 ");
  BOOST_TEST(page.position == page.events.back().id);
}

BOOST_AUTO_TEST_CASE(what_another_facility_does_is_not_seen) {
  happen("a", "1");
  tell(options, "insert into facilities (name) values ('North')");
  happen("b", "2");
  happen("c", "null");
  const auto page = events.after({entity(1), "0-0"});
  BOOST_TEST(seen(page) == "a ");
  BOOST_TEST(page.position == events.after({everyone, ""}).position);
}

BOOST_AUTO_TEST_CASE(a_late_commit_is_neither_skipped_nor_out_of_order) {
  const auto start = events.after({everyone, ""}).position;
  std::thread slow([&] {
    tell(options, "begin; insert into events (type, facility, payload) values ('slow', 1, '{}'); "
                  "select pg_sleep(0.5); commit");
  });
  std::string order;
  auto at = start;
  for (int i = 0; i < 40 && order.find("slow") == std::string::npos; ++i) {
    if (i == 5) happen("quick");
    const auto page = events.after({everyone, at});
    order += seen(page);
    at = page.position;
    std::this_thread::sleep_for(std::chrono::milliseconds{25});
  }
  slow.join();
  order += seen(events.after({everyone, at}));
  BOOST_TEST((order == "slow quick " || order == "quick slow "));
  BOOST_TEST(seen(events.after({everyone, start})) == order);
}

BOOST_AUTO_TEST_CASE(a_place_that_is_not_kept_is_told) {
  happen("a");
  const auto page = events.after({everyone, "0-0"});
  BOOST_TEST(!events.after({everyone, page.position}).missed);
  for (const auto* place : {"1-1", "9223372036854775807-1", "3-9223372036854775807"}) {
    const auto lost = events.after({everyone, place});
    BOOST_TEST(lost.missed);
    BOOST_TEST(lost.position == page.position);
  }
  for (const auto* nonsense : {"x", "1", "-1", "1-", "1-2-3", "1-9223372036854775808", " 1-1"})
    BOOST_CHECK_EXCEPTION(events.after({everyone, nonsense}), database_error, has_code(errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(old_events_are_forgotten_from_the_front) {
  for (const auto* type : {"a", "b", "c", "d"}) happen(type);
  const auto first = events.after({everyone, "0-0"}).events.front().id;
  BOOST_TEST(events.prune(std::chrono::hours{1}) == 0);
  tell(options, "update events set created_at = created_at - interval '2 h' where type in ('a', 'b', 'd')");
  BOOST_TEST(events.prune(std::chrono::hours{1}, 1) == 1);
  BOOST_TEST(events.prune(std::chrono::hours{1}) == 1);
  BOOST_TEST(ask("select string_agg(type, '' order by id) from events") == "cd");
  BOOST_TEST(events.after({everyone, first}).missed);
  tell(options, "update events set created_at = created_at - interval '2 h'");
  BOOST_TEST(events.prune(std::chrono::hours{1}) == 1);
  BOOST_TEST(ask("select string_agg(type, '') from events") == "d");
}

BOOST_AUTO_TEST_SUITE_END()
