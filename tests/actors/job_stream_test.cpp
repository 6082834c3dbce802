#include "actors/work/job_stream.hpp"
#include "tests/actors/redis_server.hpp"

#include <algorithm>

namespace noctis {

using namespace test;

namespace {

constexpr auto brief = std::chrono::milliseconds{20};
const std::vector<std::string> both{"analysis", "report"};

struct stream_fixture {
  redis_server redis;
  job_stream stream{redis.url()};
  job_stream other{redis.url()};

  std::vector<int64_t> taken(job_stream& by, const std::string& name) {
    std::vector<int64_t> result;
    for (int quiet = 0; quiet < 2;) { // the first answer of a new stream is that it has no group
      const auto tokens = by.next(name, both, brief);
      BOOST_REQUIRE(tokens);
      for (const auto& token : *tokens) result.push_back(token.id);
      quiet = tokens->empty() ? quiet + 1 : 0;
    }
    return result;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(job_streams, stream_fixture)

BOOST_AUTO_TEST_CASE(each_token_comes_to_one_worker) {
  BOOST_REQUIRE(!stream.add({{1, "analysis"}, {2, "analysis"}, {3, "report"}}));
  const auto waiting = stream.lengths(both);
  BOOST_REQUIRE(waiting);
  BOOST_TEST(waiting->at(0) == 2);
  BOOST_TEST(waiting->at(1) == 1);
  auto first = taken(stream, "one");
  const auto second = taken(other, "two");
  std::sort(first.begin(), first.end());
  BOOST_TEST(first == (std::vector<int64_t>{1, 2, 3}));
  BOOST_TEST(second.empty());
  BOOST_TEST(stream.lengths(both)->at(0) == 0);
}

BOOST_AUTO_TEST_CASE(a_worker_gets_no_tokens_of_other_queues) {
  BOOST_REQUIRE(!stream.add({{7, "forward"}}));
  BOOST_TEST(taken(stream, "one").empty());
  BOOST_TEST(stream.lengths({"forward"})->at(0) == 1);
}

BOOST_AUTO_TEST_CASE(what_was_flushed_is_gone_and_new_tokens_come) {
  BOOST_REQUIRE(!stream.add({{1, "analysis"}}));
  redis.stop();
  redis.start();
  caf::expected<std::vector<job_token>> tokens{std::vector<job_token>{}};
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  for (bool added = false; (!tokens || tokens->empty()) && std::chrono::steady_clock::now() < end;) {
    tokens = stream.next("one", both, brief);
    if (!added && tokens) added = !other.add({{2, "analysis"}});
  }
  BOOST_REQUIRE(tokens);
  BOOST_REQUIRE(tokens->size() == 1u);
  BOOST_TEST(tokens->front().id == 2);
  BOOST_TEST(tokens->front().queue == "analysis");
}

BOOST_AUTO_TEST_CASE(without_redis_it_says_so) {
  redis.stop();
  const auto tokens = stream.next("one", both, brief);
  BOOST_REQUIRE(!tokens);
  BOOST_TEST((code_of(tokens.error()) == errc::cache_unavailable));
  BOOST_TEST((code_of(stream.add({{1, "analysis"}})) == errc::cache_unavailable));
  BOOST_TEST(!job_stream{""}.lengths(both));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
