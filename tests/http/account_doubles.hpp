#pragma once

#include "tests/http/support.hpp"

namespace noctis::test {

/// A keeper of two users, the administrator "ada" and "vic", who may look; the password of both is "right". Their
/// sessions are kept in `world::secrets`.
accounts_actor spawn_accounts(caf::actor_system& system, const shared_world& w);

} // namespace noctis::test
