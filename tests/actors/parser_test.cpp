#include "actors/intake/instance_reader.hpp"
#include "actors/intake/parser.hpp"
#include "tests/actors/support.hpp"

#include <random>

namespace noctis {

using namespace test;

namespace {

blob piece_of(const blob& bytes, size_t begin, size_t end) {
  return blob{blob::buffer{bytes.data() + begin, bytes.data() + end}};
}

struct parser_fixture : actor_fixture {
  parser_actor reads = keep(system.spawn(parser));
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(parsers, parser_fixture)

BOOST_AUTO_TEST_CASE(whole_and_piecewise_agree) {
  const auto file = part10_file("1.2.3.4", 2000);
  const auto whole = get<parsed_instance>(reads, uploaded(), file);
  BOOST_TEST(whole.header.instance.sop_instance_uid == "1.2.3.4");
  BOOST_TEST(whole.header.instance.transfer_syntax_uid == "1.2.840.10008.1.2.1");
  std::mt19937 random{7};
  for (int round = 0; round < 20; ++round) {
    self->send(reads, open_atom::value, uploaded());
    for (size_t at = 0; at < file.size();) {
      const auto next = std::min(file.size(), at + 1 + random() % 400);
      BOOST_REQUIRE(!tell(reads, append_atom::value, piece_of(file, at, next)));
      at = next;
    }
    const auto pieces = get<parsed_instance>(reads, finish_atom::value);
    BOOST_TEST(pieces.data_set_digest == whole.data_set_digest);
    BOOST_TEST(pieces.header.study.uid == whole.header.study.uid);
    BOOST_TEST(pieces.header.patient.id == whole.header.patient.id);
  }
}

BOOST_AUTO_TEST_CASE(the_digest_is_that_of_the_data_set_alone) {
  const auto bare = get<parsed_instance>(reads, announced(), data_set());
  const auto file = get<parsed_instance>(reads, uploaded(), part10_file());
  BOOST_TEST(bare.data_set_digest == file.data_set_digest);
}

BOOST_AUTO_TEST_CASE(pieces_need_a_beginning) {
  BOOST_TEST(code_of(tell(reads, append_atom::value, data_set())) == errc::state_conflict);
  BOOST_TEST(code_of(ask<parsed_instance>(reads, finish_atom::value)) == errc::state_conflict);
}

BOOST_AUTO_TEST_CASE(a_parser_reads_on_after_a_broken_instance) {
  BOOST_TEST(code_of(ask<parsed_instance>(reads, uploaded(), bytes_of("nothing"))) != errc::none);
  BOOST_TEST(get<parsed_instance>(reads, announced(), data_set()).header.instance.sop_instance_uid == "1.2.3.4");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(instance_readers)

BOOST_AUTO_TEST_CASE(a_part10_header_may_be_split_at_every_byte) {
  const auto file = part10_file();
  for (size_t at = 0; at <= file.size(); ++at) {
    instance_reader reader{uploaded()};
    BOOST_REQUIRE(!reader.feed(piece_of(file, 0, at)));
    BOOST_REQUIRE(!reader.feed(piece_of(file, at, file.size())));
    const auto found = reader.finish();
    BOOST_REQUIRE_MESSAGE(found, "split at " << at << ": " << reason_of(found));
    BOOST_REQUIRE_EQUAL(found->header.instance.sop_instance_uid, "1.2.3.4");
  }
}

BOOST_AUTO_TEST_CASE(a_file_cut_at_any_byte_is_refused) {
  const auto file = part10_file();
  for (size_t at = 0; at < file.size(); ++at) {
    instance_reader reader{uploaded()};
    if (reader.feed(piece_of(file, 0, at))) continue;
    BOOST_REQUIRE_MESSAGE(!reader.finish(), "taken with " << at << " of " << file.size() << " bytes");
  }
}

BOOST_AUTO_TEST_CASE(what_is_announced_and_not_sent_is_a_mismatch) {
  instance_reader other_instance{announced("1.9.9")};
  BOOST_REQUIRE(!other_instance.feed(data_set()));
  BOOST_TEST(code_of(other_instance.finish()) == errc::sop_instance_mismatch);
}

<<<<<<< HEAD
BOOST_AUTO_TEST_CASE(an_instance_without_bytes_is_refused_for_what_it_lacks) {
  BOOST_TEST(code_of(instance_reader{uploaded()}.finish()) == errc::malformed_data_set);
  BOOST_TEST(code_of(instance_reader{announced()}.finish()) == errc::missing_identifier);
=======
BOOST_AUTO_TEST_CASE(an_instance_without_bytes_is_refused) {
  BOOST_TEST(code_of(instance_reader{uploaded()}.finish()) == errc::malformed_data_set);
  BOOST_TEST(code_of(instance_reader{announced()}.finish()) != errc::none);
>>>>>>> tests
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
