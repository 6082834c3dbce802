#pragma once

#include "messages/analyses.hpp"

#include <caf/expected.hpp>

#include <string>
#include <string_view>

namespace noctis {

/// What the ledger of analyses takes of one run at most; what is beyond is left out, and told as a warning.
inline constexpr size_t most_findings_of_a_run = 1000;
inline constexpr size_t most_warnings_of_a_run = 100;

/// Returns the run that a worker's result frame tells, without what only its caller knows (study, series, digest, job).
/// Error: `invalid_argument`, which names what is missing.
caf::expected<analysis_run> run_from_result(std::string_view json);

/// Adds a warning to a run, within what is taken.
void add_warning(analysis_run& run, std::string warning);

} // namespace noctis
