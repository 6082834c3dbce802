#pragma once

#include "messages/annotations.hpp"

#include <caf/error.hpp>

class DSRDocument;

// The content of a measurement report. For the sources of this room alone.

namespace noctis {

/// Fills a document with the tree of TID 1500. Error: `internal`, what DCMTK did not take.
caf::error fill_measurement_report(DSRDocument& document, const annotation_document& what);

/// Fills a document with the tree of TID 2010. Error: `internal`, what DCMTK did not take.
caf::error fill_key_objects(DSRDocument& document, const annotation_document& what);

/// Returns a name as a PN value: without delimiters of components, at most 64 characters.
std::string person_name_of(const std::string& name);

} // namespace noctis
