#include "tests/actors/intake_fixture.hpp"

namespace noctis {

using namespace test;

namespace {

struct pieces_fixture : intake_fixture {
  /// Sends `bytes` in pieces of at most `size` bytes.
  void append_all(const blob& bytes, size_t size) {
    for (size_t at = 0; at < bytes.size(); at += size) {
      const auto length = std::min(size, bytes.size() - at);
      const blob piece{blob::buffer{bytes.data() + at, bytes.data() + at + length}};
      const auto error = tell(taker, append_atom::value, piece);
      BOOST_REQUIRE_MESSAGE(!error, reason_of(error));
    }
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(pieces, pieces_fixture)

BOOST_AUTO_TEST_CASE(an_instance_in_pieces_is_sealed_and_then_indexed) {
  BOOST_REQUIRE(!tell(taker, open_atom::value, announced()));
  const auto bytes = data_set("1.2.3.4", 1000);
  append_all(bytes, 300);
  const auto outcome = get<store_outcome>(taker, finish_atom::value);
  BOOST_TEST(outcome.what == disposition::stored);
  BOOST_TEST(outcome.sop_instance_uid == "1.2.3.4");
  BOOST_TEST(w->with([&] { return w->streamed; }) == text_of(bytes));
  BOOST_TEST(w->told().front() == "open");
  BOOST_TEST(w->count("seal") == 1u);
  BOOST_TEST(w->told().back() == "index");
  BOOST_TEST(w->with([&] { return w->entries.at(0).file.where.path; }) == "sealed/1.2.3.4-a.dcm");
}

BOOST_AUTO_TEST_CASE(a_part10_file_in_single_bytes_is_the_same_instance) {
  BOOST_REQUIRE(!tell(taker, open_atom::value, uploaded()));
  append_all(part10_file(), 1);
  BOOST_TEST(get<store_outcome>(taker, finish_atom::value).sop_instance_uid == "1.2.3.4");
}

BOOST_AUTO_TEST_CASE(a_sender_that_goes_away_leaves_nothing_and_the_next_instance_is_taken) {
  BOOST_REQUIRE(!tell(taker, open_atom::value, announced()));
  append_all(data_set(), 10);
  self->send(taker, drop_atom::value);
  BOOST_REQUIRE(eventually([&] { return w->count("drop") == 1; }));
  BOOST_TEST(w->count("index") == 0u);
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::stored);
}

BOOST_AUTO_TEST_CASE(a_broken_instance_in_pieces_goes_to_quarantine_from_its_stream) {
  BOOST_REQUIRE(!tell(taker, open_atom::value, uploaded()));
  append_all(bytes_of(std::string(400, 'z')), 200);
  BOOST_TEST(code_of(ask<store_outcome>(taker, finish_atom::value)) == errc::malformed_data_set);
  BOOST_TEST(w->count("seal") == 0u);
  BOOST_TEST(w->with([&] { return w->put_aside.at(0).stream.value; }) == 1u);
  BOOST_TEST(w->with([&] { return w->recorded.at(0).reason; }) == "malformed_data_set");
}

BOOST_AUTO_TEST_CASE(an_instance_that_lacks_its_end_goes_to_quarantine_from_its_stream) {
  BOOST_REQUIRE(!tell(taker, open_atom::value, announced()));
  const auto whole = data_set("1.2.3.4", 1000);
  append_all(blob{blob::buffer{whole.data(), whole.data() + 500}}, 250);
  BOOST_TEST(code_of(ask<store_outcome>(taker, finish_atom::value)) == errc::truncated_data_set);
  BOOST_TEST(w->count("quarantine") == 1u);
  BOOST_TEST(get<store_outcome>(taker, announced(), data_set()).what == disposition::stored);
}

BOOST_AUTO_TEST_CASE(what_is_retried_in_pieces_is_dropped_when_it_is_still_broken) {
  auto about = uploaded();
  about.by = channel::retry;
  BOOST_REQUIRE(!tell(taker, open_atom::value, about));
  append_all(bytes_of(std::string(400, 'z')), 200);
  BOOST_TEST(code_of(ask<store_outcome>(taker, finish_atom::value)) == errc::malformed_data_set);
  BOOST_REQUIRE(eventually([&] { return w->count("drop") == 1; }));
  BOOST_TEST(w->count("quarantine") == 0u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told_with_the_piece_that_found_it) {
  BOOST_REQUIRE(!tell(taker, open_atom::value, announced()));
  w->refuse("append", errc::disk_full);
  BOOST_TEST(code_of(tell(taker, append_atom::value, data_set())) == errc::disk_full);
  self->send(taker, drop_atom::value);
  BOOST_REQUIRE(eventually([&] { return w->count("drop") == 1; }));
}

BOOST_AUTO_TEST_CASE(a_stream_that_cannot_begin_is_an_error_and_the_next_may_begin) {
  w->refuse("open", errc::disk_full);
  BOOST_TEST(code_of(tell(taker, open_atom::value, announced())) == errc::disk_full);
  w->restore("open");
  BOOST_REQUIRE(!tell(taker, open_atom::value, announced()));
}

BOOST_AUTO_TEST_CASE(one_instance_is_under_way_at_a_time) {
  BOOST_TEST(code_of(tell(taker, append_atom::value, data_set())) == errc::state_conflict);
  BOOST_TEST(code_of(ask<store_outcome>(taker, finish_atom::value)) == errc::state_conflict);
  BOOST_REQUIRE(!tell(taker, open_atom::value, announced()));
  BOOST_TEST(code_of(tell(taker, open_atom::value, announced())) == errc::state_conflict);
  BOOST_TEST(code_of(ask<store_outcome>(taker, announced(), data_set())) == errc::state_conflict);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
