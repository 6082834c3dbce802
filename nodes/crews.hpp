#pragma once

#include "nodes/children.hpp"

#include <vector>

namespace noctis {

/// Adds the workers of a node with the role `work`, and what carries jobs to them.
void add_work(std::vector<child_spec>& specs, const settings_ptr& settings);

} // namespace noctis
