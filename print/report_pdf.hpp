#pragma once

#include "print/printed_report.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <vector>

namespace noctis {

/// Returns the report as a PDF on A4: letterhead, patient and study, text in any script, values with their sources, key
/// images, signature, numbered pages; drafts and broken signatures are marked on each. The same bytes for the same
/// report. Error: `internal`.
caf::expected<std::vector<uint8_t>> report_pdf(const printed_report& report);

} // namespace noctis
