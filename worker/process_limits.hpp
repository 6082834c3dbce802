#pragma once

#include <caf/error.hpp>

#include <cstdint>

namespace noctis {

/// What a worker process may take.
struct process_limits {
  uint64_t memory = 0; ///< bytes of address space beyond what the process has when it begins; 0: no limit
  int niceness = 0;    ///< added to that of its parent
};

/// Has this process live within `limits`, and end when its parent does. Error: `internal` where the system refuses.
caf::error live_within(const process_limits& limits);

} // namespace noctis
