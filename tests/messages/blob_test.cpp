#include "tests/messages/support.hpp"

#include <boost/test/unit_test.hpp>

namespace noctis {

using test::deserialize;
using test::message_system;
using test::serialized;

BOOST_FIXTURE_TEST_SUITE(blobs, message_system)

BOOST_AUTO_TEST_CASE(copies_share_their_bytes) {
  const blob one{blob::buffer(1000, 7)};
  const auto two = one; // NOLINT(performance-unnecessary-copy-initialization)
  BOOST_CHECK_EQUAL(static_cast<const void*>(one.data()), static_cast<const void*>(two.data()));
  BOOST_CHECK(one == two);
}

BOOST_AUTO_TEST_CASE(a_message_within_the_process_shares_them_too) {
  const blob one{blob::buffer(1000, 7)};
  const auto message = caf::make_message(one);
  BOOST_CHECK_EQUAL(static_cast<const void*>(message.get_as<blob>(0).data()), static_cast<const void*>(one.data()));
}

BOOST_AUTO_TEST_CASE(equal_bytes_are_equal_blobs) {
  BOOST_CHECK(blob{blob::buffer(5, 1)} == blob{blob::buffer(5, 1)});
  BOOST_CHECK(blob{blob::buffer(5, 1)} != blob{blob::buffer(5, 2)});
  BOOST_CHECK(blob{blob::buffer(5, 1)} != blob{blob::buffer(6, 1)});
  BOOST_CHECK(blob{} == blob{blob::buffer{}});
  BOOST_CHECK(blob{} != blob{blob::buffer(1, 0)});
}

BOOST_AUTO_TEST_CASE(an_empty_blob_has_no_bytes) {
  const blob none;
  BOOST_CHECK(none.empty());
  BOOST_CHECK_EQUAL(none.size(), 0u);
  BOOST_CHECK(none.data() == nullptr);
  blob received{blob::buffer(3, 3)};
  BOOST_REQUIRE(!deserialize(system, serialized(system, none), received));
  BOOST_CHECK(received.empty());
}

BOOST_AUTO_TEST_CASE(the_largest_message_travels_in_bulk) {
  blob::buffer bytes(max_message_bytes);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * 31 + (i >> 8));
  const blob sent{std::move(bytes)};
  const auto wire = serialized(system, sent);
  constexpr size_t longest_length = 5; // bytes
  BOOST_CHECK_LE(wire.size(), sent.size() + longest_length);
  BOOST_CHECK(std::equal(wire.end() - static_cast<ptrdiff_t>(sent.size()), wire.end(), sent.data(),
                         [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; }));
  blob received;
  BOOST_REQUIRE(!deserialize(system, wire, received));
  BOOST_CHECK(received == sent);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
