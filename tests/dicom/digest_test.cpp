#include "dicom/digest.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace noctis;

BOOST_AUTO_TEST_SUITE(digests)

BOOST_AUTO_TEST_CASE(pieces_have_the_digest_of_the_whole) {
  const std::string text(100'000, 'x');
  digest pieces;
  for (size_t at = 0; at < text.size(); at += 777)
    pieces.update(text.data() + at, std::min<size_t>(777, text.size() - at));
  BOOST_TEST(pieces.hex() == digest_of(text.data(), text.size()));
  BOOST_TEST(pieces.hex().size() == 32u);
}

BOOST_AUTO_TEST_CASE(the_digest_of_nothing_is_that_of_the_specification) {
  BOOST_TEST(digest{}.hex() == "99aa06d3014798d86001c324468d497f");
}

BOOST_AUTO_TEST_CASE(a_patient_key_tells_facility_issuer_and_id_apart) {
  const auto key = patient_key(1, "A", "B");
  BOOST_TEST(key.size() == 16u);
  BOOST_TEST(key.find_first_not_of("0123456789abcdef") == std::string::npos);
  BOOST_TEST(key == patient_key(1, "A", "B"));
  BOOST_TEST(key != patient_key(2, "A", "B"));
  BOOST_TEST(key != patient_key(1, "", "AB"));
  BOOST_TEST(key != patient_key(1, "AB", ""));
}

BOOST_AUTO_TEST_SUITE_END()
