#pragma once

#include "actors/system/supervisor.hpp"
#include "nodes/configuration.hpp"

#include <caf/actor_cast.hpp>

#include <memory>

namespace noctis {

/// What the factories of a node's children share.
using settings_ptr = std::shared_ptr<const configuration>;

/// Returns the child of that name; none where this node has none.
template <class Handle>
Handle find(const running_children& running, const char* name) {
  const auto found = running.find(name);
  return found == running.end() ? Handle{} : caf::actor_cast<Handle>(found->second);
}

/// Returns the actor as the supervisor keeps it.
template <class Handle>
caf::actor erase_type(const Handle& handle) {
  return caf::actor_cast<caf::actor>(handle);
}

} // namespace noctis
