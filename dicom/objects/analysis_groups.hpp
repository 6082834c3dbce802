#pragma once

#include "dicom/objects/analysis_report.hpp"

#include <caf/error.hpp>

class DSRDocument;

// The content of a machine's report. For the sources of this room alone.

namespace noctis {

/// Fills a document with the tree of TID 1500. Error: `internal`, what DCMTK did not take.
caf::error fill_analysis_report(DSRDocument& document, const analysis_report& report);

} // namespace noctis
