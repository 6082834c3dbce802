#pragma once

#include "dicom/objects/made_object.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// A PDF document that belongs to a study.
struct encapsulated_pdf {
  object_identity identity;              ///< `at`: when the document was made
  std::string title;                     ///< Document Title
  std::string description;               ///< of the series
  bool verified = false;                 ///< somebody has signed it
  std::vector<object_reference> sources; ///< what it was made of, e.g. the SR of the same report
};

/// Writes an Encapsulated PDF (PS3.3 A.45.1), Explicit VR Little Endian, titled "Diagnostic Imaging Report". The
/// document is said to show who the patient is. Errors: `invalid_argument` where `pdf` does not begin as a PDF or has
/// more than 2^31 bytes, or a UID is none.
caf::expected<made_object> write_encapsulated_pdf(const object_subject& subject, const encapsulated_pdf& what,
                                                  const std::vector<uint8_t>& pdf);

} // namespace noctis
