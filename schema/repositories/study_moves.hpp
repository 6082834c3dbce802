#pragma once

#include "messages/principal.hpp"
#include "schema/session.hpp"

#include <string>
#include <vector>

// How a study's status changes. For the sources of this room alone.

namespace noctis::schema {

/// Whether a study may go from one status to the other in one step.
bool is_study_move(const std::string& from, const std::string& to);

/// The steps by which a study comes from one status to another, the last of them `to`: the fewest, without suspending
/// or cancelling it on the way. None where it is there already, or does not come there.
std::vector<std::string> study_steps(const std::string& from, const std::string& to);

/// Has the changes of statuses in this transaction kept in somebody's name.
void announce_study_changes(query& run, const principal& who);

} // namespace noctis::schema
