#include "actors/accounts/passwords.hpp"

#include <boost/test/unit_test.hpp>

namespace noctis {

BOOST_AUTO_TEST_SUITE(passwords)

BOOST_AUTO_TEST_CASE(a_hash_has_the_standard_form_and_a_salt_of_its_own) {
  const auto hash = hash_password("correct horse battery");
  BOOST_TEST(hash.rfind("$argon2id$v=19$m=19456,t=2,p=1$", 0) == 0u);
  BOOST_TEST(hash != hash_password("correct horse battery"));
  BOOST_TEST(hash.find("horse") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_the_password_fits_its_hash) {
  const auto hash = hash_password("correct horse battery");
  BOOST_TEST(verify_password(hash, "correct horse battery"));
  BOOST_TEST(!verify_password(hash, "correct horse batterz"));
  BOOST_TEST(!verify_password(hash, ""));
  const std::string with_zero{"correct horse battery\0x", 23};
  BOOST_TEST(!verify_password(hash, with_zero));
  BOOST_TEST(verify_password(hash_password(with_zero), with_zero));
}

BOOST_AUTO_TEST_CASE(what_is_no_hash_fits_nothing) {
  for (const auto* hash :
       {"", "plain", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$12$abcdefghijklmnopqrstuv"})
    BOOST_TEST(!verify_password(hash, "correct horse battery"), hash);
}

BOOST_AUTO_TEST_CASE(short_and_endless_passwords_are_objected_to) {
  BOOST_TEST(password_objection("eleven char").find("at least 12") != std::string::npos);
  BOOST_TEST(password_objection("twelve chars") == "");
  BOOST_TEST(password_objection(std::string(1024, 'x')) == "");
  BOOST_TEST(password_objection(std::string(1025, 'x')).find("at most 1,024") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(random_hex_does_not_repeat) {
  BOOST_TEST(random_hex(16).size() == 32u);
  BOOST_TEST(random_hex(16) != random_hex(16));
  BOOST_TEST(random_hex(32).find_first_not_of("0123456789abcdef") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(sha256_is_that_of_the_standard) {
  BOOST_TEST(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2 B.1
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
