#pragma once

#include "tests/http/support.hpp"

namespace noctis::test {

/// An editor that notes what it is asked in `world::edits` and answers something of the right shape; what names the
/// number 404 is not found.
editor_actor spawn_editor(caf::actor_system& system, const shared_world& w);

/// A ledger that holds one job, number 7, and notes what is submitted.
jobs_actor spawn_jobs(caf::actor_system& system, const shared_world& w);

} // namespace noctis::test
