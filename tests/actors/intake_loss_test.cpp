#include "tests/actors/intake_fixture.hpp"

namespace noctis {

using namespace test;

namespace {

using clock = std::chrono::steady_clock;
constexpr auto soon = std::chrono::seconds{1};

struct loss_fixture : intake_fixture {
  /// Sends an instance; when `word` has been said, ends `victim`. Returns the answer and checks that it came soon.
  template <class Victim>
  errc lose(const std::string& word, const Victim& victim) {
    w->silence(word);
    auto pending = self->request(taker, patience, announced(), data_set());
    BOOST_REQUIRE(eventually([&] { return w->count(word) == 1; }));
    self->send_exit(victim, caf::exit_reason::kill);
    const auto killed = clock::now();
    errc code = errc::none;
    pending.receive([](store_outcome&) {}, [&](caf::error& error) { code = code_of(error); });
    BOOST_TEST((clock::now() - killed < soon));
    return code;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(losses, loss_fixture)

BOOST_AUTO_TEST_CASE(a_store_that_ends_with_the_instance_is_an_error_at_once) {
  BOOST_TEST(lose("put", store) == errc::shutting_down);
  BOOST_TEST(w->told() == std::vector<std::string>{"put"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_index_that_ends_with_the_instance_leaves_the_file_to_recovery) {
  BOOST_TEST(lose("index", index) == errc::shutting_down);
  BOOST_REQUIRE(eventually([&] { return w->count("doubt") == 1; }));
  BOOST_TEST(w->count("remove") == 0u);
}

BOOST_AUTO_TEST_CASE(the_next_instance_goes_to_the_store_that_is_there_then) {
  BOOST_TEST(lose("put", store) == errc::shutting_down);
  w->restore("put");
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) != errc::none);
  offer(keep(spawn_storer(system, w)));
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::stored);
}

BOOST_AUTO_TEST_CASE(without_a_store_or_index_the_error_says_which) {
  offered->set({});
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == errc::storage_unavailable);
  services only_a_store;
  only_a_store.stores.push_back({"store-1", store, {}});
  offered->set(only_a_store);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == errc::index_unavailable);
  BOOST_TEST(code_of(tell(taker, open_atom::value, announced())) == errc::index_unavailable);
  offer(store);
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::stored);
}

BOOST_AUTO_TEST_CASE(a_store_that_ends_in_the_middle_of_a_stream_fails_the_rest_of_it) {
  BOOST_REQUIRE(!tell(taker, open_atom::value, announced()));
  end(store);
  BOOST_TEST(code_of(tell(taker, append_atom::value, data_set())) != errc::none);
  self->send(taker, drop_atom::value);
  w = std::make_shared<world>();
  offer(keep(spawn_storer(system, w)));
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::stored);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
