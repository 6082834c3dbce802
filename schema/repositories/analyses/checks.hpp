#pragma once

#include "messages/analyses.hpp"

// What a run may say. For the sources of this room alone.

namespace noctis::schema {

/// Throws `invalid_argument`, naming what of a run cannot be kept.
void check_run(const analysis_run& run);

} // namespace noctis::schema
