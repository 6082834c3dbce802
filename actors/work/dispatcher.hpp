#pragma once

#include "messages/actors.hpp"

#include <caf/blocking_actor.hpp>

#include <string>
#include <vector>

namespace noctis {

/// Carries tokens of jobs that are due from the ledger to Redis, and sweeps: what was carried long ago and waits still,
/// is carried again. Several may run side by side. Blocks: detached. While Redis is away it does nothing, and workers
/// ask the ledger themselves.
void dispatcher(caf::blocking_actor* self, const directory_actor& directory, const std::string& redis_url,
                const std::vector<std::string>& queues);

} // namespace noctis
