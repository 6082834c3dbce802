#pragma once

#include "dicom/objects/made_object.hpp"
#include "messages/reports.hpp"

#include <caf/expected.hpp>

#include <string>
#include <vector>

namespace noctis {

/// A key image of a report.
struct report_document_image {
  object_reference image;
  std::string caption;
};

/// A version of a radiologist's report.
struct report_document {
  object_identity identity;                   ///< `at`: when it was written
  std::string status;                         ///< preliminary, final, amended
  std::string title;                          ///< for people: Series Description
  std::string language = "en";                ///< RFC 5646
  std::vector<report_section> sections;       ///< empty ones are left out
  std::string addendum;                       ///< "": none
  std::vector<report_document_image> images;  ///< key images, in order
  std::string author;                         ///< who wrote it, as people call them; "": who signed it
  std::string signed_by;                      ///< "": nobody: unverified
  int64_t signed_at = 0;                      ///< ms since the epoch, UTC
  std::string organization;                   ///< of who signed it; "": the subject's institution, else unknown
  std::vector<object_reference> predecessors; ///< the documents of the version that this one amends
};

/// Writes a report as a Basic Text SR (PS3.16 TID 2000): a section for each heading, with text and, at the end, key
/// images. Complete; a preliminary one is flagged so. Verified by who signed it. Errors: `invalid_argument` for a
/// report that says nothing, or a UID that is none; `internal`, what DCMTK did not take.
caf::expected<made_object> write_report_document(const object_subject& subject, const report_document& report);

} // namespace noctis
