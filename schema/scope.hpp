#pragma once

#include "messages/principal.hpp"

#include <string>

namespace noctis::schema {

/// Returns the SQL condition under which a row with the facility `column` is visible to `who`: the one place that
/// keeps facilities apart. Every read of patient data has it. "true" for those who see every facility, "false"
/// for nobody.
std::string visible_to(const principal& who, const std::string& column);

/// Throws `permission_denied` unless `who` has the permission.
void require(const principal& who, permission what);

/// Returns the facility into which `who` brings new data. Throws `permission_denied` where there is none.
int64_t home_facility(const principal& who);

} // namespace noctis::schema
