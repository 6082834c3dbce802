#pragma once

#include "tests/http/support.hpp"

namespace noctis::test {

/// A keeper of analyses that holds one run with two findings and one alert, number 3, and notes what is changed in
/// `world::edits`; what names the number 404 is not found, alert 9 is taken already.
analyses_actor spawn_analyses(caf::actor_system& system, const shared_world& w);

} // namespace noctis::test
