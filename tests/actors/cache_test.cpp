#include "actors/system/cache.hpp"
#include "tests/actors/redis_server.hpp"

#include <hiredis/hiredis.h>

namespace noctis {

using namespace test;

namespace {

using clock = std::chrono::steady_clock;

struct cache_fixture : actor_fixture {
  redis_server redis;
  cache_actor counter = keep(system.spawn<caf::detached>(cache, redis.url()));

  caf::expected<rate_verdict> count(const std::string& key, int64_t limit) {
    return ask<rate_verdict>(counter, rate_request{key, limit, 60});
  }

  component_status status() { return get<component_status>(counter, status_atom::value); }

  /// Runs a command that a test needs on the side.
  void command(const std::string& text) const {
    auto* context = redisConnectUnix(redis.socket().c_str());
    BOOST_REQUIRE(context && context->err == 0);
    freeReplyObject(redisCommand(context, text.c_str()));
    redisFree(context);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(caches, cache_fixture)

BOOST_AUTO_TEST_CASE(attempts_are_counted_for_each_key) {
  for (int i = 0; i < 3; ++i) BOOST_TEST(count("login:ada", 3)->allowed);
  const auto verdict = count("login:ada", 3);
  BOOST_REQUIRE(verdict);
  BOOST_TEST(!verdict->allowed);
  BOOST_TEST(verdict->retry_after_s > 0);
  BOOST_TEST(verdict->retry_after_s <= 60);
  BOOST_TEST(count("login:bob", 3)->allowed);
  BOOST_TEST(count("with space % and \r\n", 1)->allowed);
  BOOST_TEST(!count("with space % and \r\n", 1)->allowed);
}

BOOST_AUTO_TEST_CASE(a_count_that_lost_its_time_gets_it_again) {
  command("SET noctis:rate:login:ada 50");
  BOOST_TEST(!count("login:ada", 3)->allowed);
  command("EXPIRE noctis:rate:login:ada 0 LT"); // does nothing to a key without a time
  BOOST_TEST(count("login:ada", 3)->allowed);
}

BOOST_AUTO_TEST_CASE(without_redis_it_says_so_quickly_and_it_comes_back) {
  BOOST_TEST(status().ok);
  redis.stop();
  const auto begin = clock::now();
  BOOST_TEST(code_of(count("a", 1)) == errc::cache_unavailable);
  BOOST_TEST(code_of(count("a", 1)) == errc::cache_unavailable);
  BOOST_TEST(!status().ok);
  BOOST_TEST(status().message != "");
  BOOST_TEST((clock::now() - begin < std::chrono::seconds{2}));
  redis.start();
  BOOST_TEST(eventually([&] { return status().ok; }));
  BOOST_TEST(count("a", 1)->allowed);
}

BOOST_AUTO_TEST_CASE(a_restart_between_two_attempts_costs_one_at_most) {
  BOOST_TEST(count("a", 10)->allowed);
  redis.stop();
  redis.start();
  BOOST_TEST(eventually([&] { return count("a", 1000000).engaged(); }));
}

BOOST_AUTO_TEST_CASE(a_url_that_is_none_is_told) {
  const auto lost = keep(system.spawn<caf::detached>(cache, std::string{"http://nowhere"}));
  const auto told = get<component_status>(lost, status_atom::value);
  BOOST_TEST(!told.ok);
  BOOST_TEST(told.message.find("unix:///path") != std::string::npos);
  const auto none = keep(system.spawn<caf::detached>(cache, std::string{}));
  BOOST_TEST(code_of(ask<rate_verdict>(none, rate_request{"a", 1, 1})) == errc::cache_unavailable);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
