#pragma once

#include <caf/expected.hpp>

#include <string>

namespace noctis {

/// Returns attributes, DICOM JSON as somebody sent it, as they are kept. Errors: `invalid_argument` naming what is not
/// DICOM JSON, `limit_exceeded` above 256 KiB or eight sequences within each other.
caf::expected<std::string> checked_attributes(const std::string& json);

/// Returns attributes of a scheduled procedure step, DICOM JSON as somebody sent it, as they are kept: in the form of
/// a Modality Worklist item (PS3.4 K.6.1.2). Start times of the form that UPS has (PS3.4 CC.2.5) are brought into it;
/// UID and state, which are kept beside the attributes, are left out. With `completes`, what is missing and can be made
/// is made: Study Instance UID, Requested Procedure ID, Scheduled Procedure Step ID.
/// Errors: those of `checked_attributes`.
caf::expected<std::string> workitem_attributes(const std::string& json, bool completes);

} // namespace noctis
