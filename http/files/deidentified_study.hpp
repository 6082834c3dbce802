#pragma once

#include "dicom/deidentification/deidentify.hpp"
#include "http/request/context.hpp"

#include <string>

namespace noctis {

/// What de-identified UIDs and pseudonyms are derived from. The same on all nodes, since they share the secret key.
std::string deidentification_secret(const http_options& options);

/// De-identifies the instances of a study and stores them through an intake as a new study of its facility, while the
/// answer tells of each: a line of JSON with "status" (stored, duplicate, refused), "number" and "reason", and a last
/// one with the totals and the new study's UID. Doing it again stores nothing twice, since the same instance gets the
/// same UIDs.
void send_deidentified(context& c, const study_row& study, const deidentification& how);

} // namespace noctis
