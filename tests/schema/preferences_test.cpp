#include "schema/repositories/preferences.hpp"
#include "schema/repositories/users.hpp"
#include "tests/schema/fixture.hpp"

using namespace noctis;
using namespace noctis::schema;
using namespace noctis::test;

namespace {

struct desk : migrated {
  preferences_repository preferences{db};
  principal jane = user("jane");
  principal john = user("john");

  principal user(const std::string& name) {
    principal who;
    who.kind = principal_kind::user;
    who.id = users_repository{db}.add({name, "", "viewer", "hash", {1}});
    return who;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(preference_documents, desk)

BOOST_AUTO_TEST_CASE(a_document_is_kept_for_its_user_alone) {
  const auto made = preferences.put({jane, "worklist-columns", R"({"b":1,"a":[1.50,"é"]})", 0});
  BOOST_TEST(made.stored);
  BOOST_TEST(made.current.version == 1);
  BOOST_TEST(made.current.updated_at > 1'700'000'000'000);
  preferences.put({jane, "a", "null", 0});
  const auto all = preferences.list({jane, ""});
  BOOST_TEST(all.entries.size() == 2u);
  BOOST_TEST(all.entries[0].name == "a");
  BOOST_TEST(all.entries[1].value == R"({"b":1,"a":[1.50,"é"]})");
  BOOST_TEST(preferences.list({john, ""}).entries.empty());
  BOOST_CHECK_EXCEPTION(preferences.list({john, "a"}), database_error, has_code(errc::not_found));
  BOOST_CHECK_EXCEPTION(preferences.remove({john, "a"}), database_error, has_code(errc::not_found));
  preferences.remove({jane, "a"});
  BOOST_CHECK_EXCEPTION(preferences.list({jane, "a"}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(nobody_overwrites_what_they_have_not_seen) {
  preferences.put({jane, "a", "1", 0});
  const auto blind = preferences.put({jane, "a", "2", 0});
  BOOST_TEST(!blind.stored);
  BOOST_TEST(blind.current.value == "1");
  const auto next = preferences.put({jane, "a", "2", 1});
  BOOST_TEST(next.stored);
  BOOST_TEST(next.current.version == 2);
  BOOST_TEST(!preferences.put({jane, "a", "3", 1}).stored);
  BOOST_CHECK_EXCEPTION(preferences.put({jane, "b", "3", 4}), database_error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_kept_is_refused) {
  const auto invalid = has_code(errc::invalid_argument);
  for (const auto* name : {"", "A", "a b", "a/b", "é"})
    BOOST_CHECK_EXCEPTION(preferences.put({jane, name, "1", 0}), database_error, invalid);
  BOOST_CHECK_EXCEPTION(preferences.put({jane, std::string(65, 'a'), "1", 0}), database_error, invalid);
  BOOST_CHECK_EXCEPTION(preferences.put({jane, "a", std::string(65537, '1'), 0}), database_error, invalid);
  BOOST_CHECK_EXCEPTION(preferences.put({entity(1), "a", "1", 0}), database_error, has_code(errc::permission_denied));
  for (int i = 0; i < 200; ++i) preferences.put({jane, "p" + std::to_string(i), "1", 0});
  BOOST_CHECK_EXCEPTION(preferences.put({jane, "one-more", "1", 0}), database_error, invalid);
}

BOOST_AUTO_TEST_SUITE_END()
