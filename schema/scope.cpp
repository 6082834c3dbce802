#include "schema/scope.hpp"

#include "schema/array_literal.hpp"
#include "schema/errors.hpp"

#include <algorithm>

namespace noctis::schema {

std::string visible_to(const principal& who, const std::string& column) {
  if (who.kind == principal_kind::nobody) return "false";
  if (who.sees_all_facilities()) return "true";
  if (who.facilities.size() == 1) return column + " = " + std::to_string(who.facilities.front());
  return column + " = any('" + array_of(who.facilities) + "'::bigint[])";
}

void require(const principal& who, permission what) {
  if (who.kind != principal_kind::nobody && who.may(what)) return;
  const auto& names = permission_names();
  const auto named = std::find_if(names.begin(), names.end(), [what](const auto& one) { return one.first == what; });
  throw database_error(errc::permission_denied, "\"" + who.name + "\" lacks the permission " +
                                                    (named == names.end() ? "for this" : named->second));
}

int64_t home_facility(const principal& who) {
  if (who.kind == principal_kind::nobody || who.facilities.empty() || who.facilities.front() <= 0)
    throw database_error(errc::permission_denied, "\"" + who.name + "\" has no facility to bring data into");
  return who.facilities.front();
}

} // namespace noctis::schema
