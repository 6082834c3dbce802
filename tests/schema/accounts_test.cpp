#include "schema/repositories/facilities.hpp"
#include "schema/repositories/sessions.hpp"
#include "schema/repositories/users.hpp"
#include "tests/schema/fixture.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

const std::string session(32, 'a');

struct accounts : migrated {
  users_repository users{db};
  sessions_repository sessions{db};
  facilities_repository facilities{db};

  int64_t add(const std::string& name) { return users.add({name, "Full Name", "radiologist", "hash", {1}}); }
  void refuses(const std::string& secret) {
    BOOST_CHECK_EXCEPTION(sessions.rotate(session, secret, digest(99), std::chrono::hours{1}), database_error,
                          has_code(errc::unauthenticated));
  }
  void is_over() { BOOST_CHECK_EXCEPTION(sessions.user_of(session), database_error, has_code(errc::unauthenticated)); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(accounts_, accounts)

BOOST_AUTO_TEST_CASE(facilities_have_names_of_their_own) {
  BOOST_TEST(facilities.add("North") == 2);
  BOOST_CHECK_EXCEPTION(facilities.add("North"), database_error, has_code(errc::state_conflict));
  BOOST_CHECK_EXCEPTION(facilities.add(""), database_error, has_code(errc::invalid_argument));
  BOOST_REQUIRE(facilities.list().size() == 2u);
  BOOST_TEST(facilities.list()[0].name == "Default");
  BOOST_TEST(facilities.find("North")->id == 2);
  BOOST_TEST(!facilities.find("South"));
}

BOOST_AUTO_TEST_CASE(a_facility_has_a_letterhead) {
  const letterhead_request ask{entity(1), 1};
  BOOST_TEST(facilities.letterhead_of(ask).institution == "Default");
  BOOST_TEST(facilities.letterhead_of(ask).logo.empty());
  const std::vector<uint8_t> logo{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13,
                                  'I',  'H', 'D', 'R', 0,    0,    8,    0,    0, 0, 0, 1};
  facilities.set_letterhead({"Default", "Street 1\n10117 Berlin", logo});
  BOOST_TEST(facilities.letterhead_of(ask).address == "Street 1\n10117 Berlin");
  BOOST_TEST(facilities.letterhead_of(ask).logo == logo);
  const auto refuses = [&](const letterhead& what, errc code) {
    BOOST_CHECK_EXCEPTION(facilities.set_letterhead(what), database_error, has_code(code));
  };
  auto wide = logo;
  wide[19] = 1; // 2,049 pixels
  for (const auto& wrong :
       {wide, std::vector<uint8_t>(logo.begin(), logo.end() - 1), std::vector<uint8_t>{'G', 'I', 'F'}})
    refuses({"Default", "", wrong}, errc::invalid_argument);
  refuses({"Default", std::string(1001, 'x'), {}}, errc::invalid_argument);
  refuses({"Nowhere", "", {}}, errc::not_found);
  BOOST_CHECK_EXCEPTION(facilities.letterhead_of({entity(2), 1}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(a_user_is_found_with_role_permissions_and_facilities_in_order) {
  facilities.add("North");
  const auto id = users.add({"Jane.Doe", "Jane Doe", "radiologist", "hash", {2, 1}});
  const auto found = users.find("JANE.doe");
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->profile.id == id);
  BOOST_TEST(found->profile.username == "jane.doe");
  BOOST_TEST(found->profile.permissions == permissions_of_role("radiologist"));
  BOOST_REQUIRE(found->profile.facilities.size() == 2u);
  BOOST_TEST(found->profile.facilities[0].name == "North");
  BOOST_TEST(found->password_hash == "hash");
  BOOST_TEST(found->active);
  BOOST_TEST(!users.find("nobody"));
  BOOST_TEST(!users.find("' or '1'='1"));
  users.set_facilities("jane.doe", {1});
  BOOST_TEST(users.find("jane.doe")->profile.facilities.size() == 1u);
  BOOST_TEST(users.list().size() == 1u);
  BOOST_TEST(users.count() == 1);
}

BOOST_AUTO_TEST_CASE(users_that_cannot_be_are_refused) {
  add("jane");
  BOOST_CHECK_EXCEPTION(add("JANE"), database_error, has_code(errc::state_conflict));
  BOOST_CHECK_EXCEPTION(add("no spaces"), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(users.add({"x", "", "king", "hash", {}}), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(users.add({"x", "", "viewer", "", {}}), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(users.add({"x", "", "viewer", "h", {9}}), database_error, has_code(errc::invalid_argument));
  BOOST_CHECK_EXCEPTION(users.set_active("x", false), database_error, has_code(errc::not_found));
  BOOST_TEST(users.count() == 1);
}

BOOST_AUTO_TEST_CASE(a_session_is_refreshed_by_one_secret_after_the_other) {
  const auto id = add("jane");
  const auto until = sessions.open(session, id, digest(1), std::chrono::hours{1}, "127.0.0.1");
  BOOST_TEST(until > 1'700'000'000'000);
  BOOST_TEST(sessions.user_of(session).username == "jane");
  const auto rotated = sessions.rotate(session, digest(1), digest(2), std::chrono::hours{2});
  BOOST_TEST(rotated.user.id == id);
  BOOST_TEST(rotated.refresh_until > until);
  sessions.rotate(session, digest(2), digest(3), std::chrono::hours{1});
  refuses(digest(77));
  BOOST_TEST(sessions.user_of(session).username == "jane");
}

BOOST_AUTO_TEST_CASE(a_secret_used_twice_ends_the_session) {
  sessions.open(session, add("jane"), digest(1), std::chrono::hours{1}, "");
  sessions.rotate(session, digest(1), digest(2), std::chrono::hours{1});
  sessions.rotate(session, digest(2), digest(3), std::chrono::hours{1});
  refuses(digest(1));
  is_over();
  refuses(digest(3));
  BOOST_TEST(ask("select end_reason from sessions") == "reuse");
}

BOOST_AUTO_TEST_CASE(logout_expiry_a_new_password_and_a_lock_end_a_session) {
  const auto id = add("jane");
  const auto begin = [&] {
    tell(options, "delete from sessions");
    sessions.open(session, id, digest(1), std::chrono::hours{1}, "");
  };
  begin();
  sessions.end(session);
  is_over();
  refuses(digest(1));
  begin();
  users.set_password_hash("jane", "other");
  is_over();
  BOOST_TEST(users.find("jane")->password_hash == "other");
  begin();
  tell(options, "update sessions set expires_at = now() - interval '1 s'");
  is_over();
  BOOST_TEST(sessions.prune(std::chrono::hours{1}) == 0);
  BOOST_TEST(sessions.prune(std::chrono::seconds{0}) == 1);
  begin();
  users.set_active("jane", false);
  is_over();
  BOOST_CHECK_EXCEPTION(sessions.open(std::string(32, 'b'), id, digest(1), std::chrono::hours{1}, ""), database_error,
                        has_code(errc::unauthenticated));
}

BOOST_AUTO_TEST_CASE(a_browsers_session_lasts_as_long_as_somebody_is_there) {
  sessions.open(session, add("jane"), digest(1), std::chrono::hours{12}, "", std::chrono::seconds{100});
  const auto pass = [&](int seconds) {
    tell(options, "update sessions set seen_at = seen_at - interval '" + std::to_string(seconds) + " s'");
  };
  pass(90);
  BOOST_TEST(sessions.user_of(session).username == "jane");
  pass(90);
  BOOST_TEST(sessions.user_of(session, false).username == "jane");
  pass(90);
  is_over();
}

BOOST_AUTO_TEST_CASE(colleagues_are_those_of_ones_facilities) {
  tell(options, "insert into facilities (name) values ('North')");
  users.add({"ann", "Ann", "radiologist", "hash", {1}});
  users.add({"bob", "", "technician", "hash", {1}});
  users.add({"cem", "Cem", "radiologist", "hash", {2}});
  users.add({"dan", "Dan", "radiologist", "hash", {1}});
  users.add({"root", "Root", "admin", "hash", {}});
  users.set_active("dan", false);
  const auto names = [&](const people_request& request) {
    std::string result;
    for (const auto& one : users.colleagues(request).users) result += one.username + " ";
    return result;
  };
  const auto one = entity(1);
  const auto all = system_principal("test");
  const auto reporting = static_cast<uint32_t>(permission::report_write);
  BOOST_TEST(names({one, 0, 0}) == "ann root bob ");
  BOOST_TEST(names({one, reporting, 0}) == "ann root ");
  BOOST_TEST(names({one, reporting, 2}) == "root ");
  BOOST_TEST(names({all, 0, 0}) == "ann cem root bob ");
  BOOST_TEST(names({all, reporting, 2}) == "cem root ");
}

BOOST_AUTO_TEST_SUITE_END()
