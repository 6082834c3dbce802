#include "actors/accounts/accounts.hpp"
#include "actors/accounts/passwords.hpp"
#include "tests/actors/database_fixture.hpp"

namespace noctis {

using namespace test;

namespace {

constexpr const char* password = "correct horse battery";

struct accounts_fixture : database_fixture {
  accounts_actor people = keep(system.spawn<caf::detached>(accounts, accounts_options{base.options}));

  accounts_fixture() {
    schema::users_repository{base.db}.add({"ada", "Ada Lovelace", "radiologist", hash_password(password), {1}});
  }

  caf::expected<session_grant> login(const std::string& name, const std::string& with) {
    return ask<session_grant>(people, login_request{name, with, "192.0.2.1", "r1"});
  }
  caf::expected<session_grant> refresh(const session_grant& grant) {
    return ask<session_grant>(people, refresh_request{grant.session, grant.refresh_secret, "192.0.2.1", "r2"});
  }
  caf::expected<authenticated> who(const session_grant& grant) {
    return ask<authenticated>(people, authenticate_request{grant.session, "192.0.2.1", "r3"});
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(people, accounts_fixture)

BOOST_AUTO_TEST_CASE(the_right_password_begins_a_session) {
  const auto grant = login("ada", password);
  BOOST_REQUIRE_MESSAGE(grant, reason_of(grant));
  BOOST_TEST(grant->user.full_name == "Ada Lovelace");
  BOOST_TEST(grant->user.role == "radiologist");
  BOOST_TEST(grant->session.size() == 32u);
  BOOST_TEST(grant->refresh_secret.size() == 64u);
  const auto known = who(*grant);
  BOOST_REQUIRE(known);
  BOOST_TEST((known->who.kind == principal_kind::user));
  BOOST_TEST(known->who.name == "ada");
  BOOST_TEST(known->who.permissions == permissions_of_role("radiologist"));
  BOOST_TEST(known->who.facilities == std::vector<int64_t>{1}, boost::test_tools::per_element());
  BOOST_TEST(known->who.address == "192.0.2.1");
  BOOST_TEST(known->who.request_id == "r3");
}

BOOST_AUTO_TEST_CASE(wrong_names_and_wrong_passwords_get_the_same_words) {
  const auto wrong_password = login("ada", "not the password");
  const auto wrong_name = login("bob", password);
  schema::users_repository{base.db}.set_active("ada", false);
  const auto inactive = login("ada", password);
  for (const auto* refused : {&wrong_password, &wrong_name, &inactive}) {
    BOOST_TEST(code_of(*refused) == errc::unauthenticated);
    BOOST_TEST(reason_of(*refused) == "No active account found with the given credentials");
  }
}

BOOST_AUTO_TEST_CASE(a_refresh_trades_the_secret_for_a_new_one) {
  const auto first = login("ada", password);
  BOOST_REQUIRE(first);
  const auto second = refresh(*first);
  BOOST_REQUIRE_MESSAGE(second, reason_of(second));
  BOOST_TEST(second->session == first->session);
  BOOST_TEST(second->refresh_secret != first->refresh_secret);
  BOOST_TEST(refresh(*second).engaged());
}

BOOST_AUTO_TEST_CASE(a_secret_used_twice_ends_the_session_for_everyone) {
  const auto first = login("ada", password);
  BOOST_REQUIRE(first);
  const auto second = refresh(*first);
  BOOST_REQUIRE(second);
  BOOST_TEST(code_of(refresh(*first)) == errc::unauthenticated);
  BOOST_TEST(code_of(refresh(*second)) == errc::unauthenticated);
  BOOST_TEST(code_of(who(*second)) == errc::unauthenticated);
}

BOOST_AUTO_TEST_CASE(a_logout_ends_the_session_at_once) {
  const auto grant = login("ada", password);
  const auto other = login("ada", password);
  BOOST_REQUIRE(grant);
  BOOST_REQUIRE(other);
  BOOST_REQUIRE(!tell(people, logout_request{grant->session, {}}));
  BOOST_TEST(code_of(who(*grant)) == errc::unauthenticated);
  BOOST_TEST(code_of(refresh(*grant)) == errc::unauthenticated);
  BOOST_TEST(who(*other).engaged());
  BOOST_TEST(!tell(people, logout_request{"no such session", {}}));
}

BOOST_AUTO_TEST_CASE(what_is_no_session_is_nobody) {
  BOOST_TEST(code_of(who({{}, "x", "y", 0})) == errc::unauthenticated);
  BOOST_TEST(code_of(refresh({{}, "'; drop table users", "y", 0})) == errc::unauthenticated);
}

BOOST_AUTO_TEST_CASE(without_the_database_nobody_enters_and_afterwards_they_do) {
  const auto grant = login("ada", password);
  BOOST_REQUIRE(grant);
  shut();
  BOOST_TEST(code_of(login("ada", password)) == errc::index_unavailable);
  BOOST_TEST(code_of(who(*grant)) == errc::index_unavailable);
  open();
  BOOST_TEST(login("ada", password).engaged());
  BOOST_TEST(who(*grant).engaged());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
