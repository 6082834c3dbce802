#include "messages/principal.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

namespace noctis {

namespace {

principal user_with(const std::string& role) {
  principal result;
  result.kind = principal_kind::user;
  result.role = role;
  result.permissions = permissions_of_role(role);
  return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(principals)

BOOST_AUTO_TEST_CASE(nobody_may_do_nothing) {
  const principal nobody;
  for (const auto& [what, name] : permission_names()) BOOST_CHECK_MESSAGE(!nobody.may(what), name);
  BOOST_CHECK(!nobody.sees_facility(0));
  BOOST_CHECK(!nobody.sees_all_facilities());
}

BOOST_AUTO_TEST_CASE(permissions_have_a_bit_and_a_name_each) {
  uint32_t seen = 0;
  std::set<std::string> names;
  for (const auto& [what, name] : permission_names()) {
    const auto bit = static_cast<uint32_t>(what);
    BOOST_CHECK_EQUAL(bit & (bit - 1), 0u);
    BOOST_CHECK_GT(bit, seen); // in the order of their bits, so none twice
    seen |= bit;
    BOOST_CHECK(names.insert(name).second);
  }
  BOOST_CHECK_EQUAL(seen, permissions_of_role("admin"));
}

BOOST_AUTO_TEST_CASE(a_role_has_its_permissions_and_no_other) {
  const auto radiologist = user_with("radiologist");
  BOOST_CHECK(radiologist.may(permission::report_sign));
  BOOST_CHECK(!radiologist.may(permission::study_delete));
  const auto manager = user_with("facility_manager");
  BOOST_CHECK(!manager.may(permission::report_sign));
  BOOST_CHECK(manager.may(permission::study_delete));
  BOOST_CHECK(manager.may(permission::user_manage));
  BOOST_CHECK(!manager.may(permission::facility_manage));
  BOOST_CHECK(user_with("technician").may(permission::study_upload));
  BOOST_CHECK(!user_with("technician").may(permission::study_export));
  BOOST_CHECK(user_with("service").may(permission::study_upload));
  const auto view_only = static_cast<uint32_t>(permission::study_view);
  BOOST_CHECK_EQUAL(permissions_of_role("viewer"), view_only);
  BOOST_CHECK_EQUAL(permissions_of_role("referring_physician"), view_only);
  BOOST_CHECK_EQUAL(permissions_of_role("no such role"), 0u);
  BOOST_CHECK_EQUAL(permissions_of_role(""), 0u);
}

BOOST_AUTO_TEST_CASE(only_administrators_see_every_facility) {
  for (const auto& role : role_names()) {
    BOOST_CHECK_NE(permissions_of_role(role), 0u);
    BOOST_CHECK_MESSAGE(user_with(role).sees_all_facilities() == (role == "admin"), role);
  }
  BOOST_CHECK_EQUAL(role_names().front(), "admin");
}

BOOST_AUTO_TEST_CASE(others_see_the_facilities_they_belong_to) {
  auto user = user_with("radiologist");
  user.facilities = {3, 5};
  BOOST_CHECK(user.sees_facility(3));
  BOOST_CHECK(user.sees_facility(5));
  BOOST_CHECK(!user.sees_facility(4));
}

BOOST_AUTO_TEST_CASE(the_system_acts_with_every_permission) {
  const auto system = system_principal("recovery", 7);
  BOOST_CHECK(system.kind == principal_kind::system);
  BOOST_CHECK_EQUAL(system.name, "recovery");
  for (const auto& [what, name] : permission_names()) BOOST_CHECK_MESSAGE(system.may(what), name);
  BOOST_CHECK(system.facilities == std::vector<int64_t>{7});
  BOOST_CHECK(system_principal("jobs").facilities.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace noctis
