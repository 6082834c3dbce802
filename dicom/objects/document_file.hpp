#pragma once

#include "dicom/objects/made_object.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <string>

class DSRDocument;
class DSRSOPInstanceReferenceList;

// How an SR document becomes a file. For the sources of this room alone.

namespace noctis {

/// Returns the Part 10 file of a document, Explicit VR Little Endian, with the subject, these UIDs and the time (ms
/// since the epoch, UTC) of its content. Error: `internal`, what DCMTK did not take.
caf::expected<made_object> document_file(DSRDocument& document, const object_subject& subject,
                                         const std::string& sop_instance_uid, const std::string& series_uid,
                                         int64_t at);

/// Begins a document in UTF-8: its series, its equipment and its numbers.
void describe_document(DSRDocument& document, const object_subject& subject, const object_identity& identity,
                       const std::string& series_description);

/// Adds an object to the evidence or the predecessors of a document about `subject`.
void add_to(DSRSOPInstanceReferenceList& references, const object_subject& subject, const object_reference& what);

} // namespace noctis
