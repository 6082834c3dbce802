#pragma once

#include "dicom/objects/made_object.hpp"

#include <caf/expected.hpp>

#include <string>
#include <vector>

namespace noctis {

/// What a run of an analyser found, to be written as a DICOM SR.
struct analysis_report {
  object_identity identity;
  std::string analyser;                   ///< ct-head …
  std::string version;                    ///< of the analyser
  std::string frame_of_reference_uid;     ///< of all positions; "": positions are left out
  std::vector<object_reference> sources;  ///< the images that were read, in order
  std::vector<analysis_finding> findings; ///< ids and verdicts do not matter
  std::vector<std::string> warnings;
  std::string urgency_reason;                  ///< "": not urgent
  std::vector<object_reference> segmentations; ///< SEG objects of the same run
};

/// Writes a machine's measurements as a Comprehensive 3D SR (PS3.16 TID 1500): observer is a device (TID 1004), each
/// group names its algorithm (TID 4019). Measurements of one site are one group (TID 1501); each candidate is a group
/// with its centre as a point in the patient, diameter (mm), volume (ml) and mean HU. Complete, unverified, and marked
/// as machine-made in series description and comment. The bytes depend on the arguments alone. Errors:
/// `invalid_argument` for a report without sources or with a UID that is none; `internal`, what DCMTK did not take.
caf::expected<made_object> write_analysis_report(const object_subject& subject, const analysis_report& report);

} // namespace noctis
