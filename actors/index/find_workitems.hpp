#pragma once

#include "messages/find.hpp"
#include "messages/workitem.hpp"
#include "schema/connection.hpp"

#include <string>

namespace noctis {

/// Returns the page of workitems that a request of level `workitem` asks for, by start. Each is a DICOM JSON object in
/// which Modality Worklist and UPS find theirs: `workitem_json`. Those that have ended are left out unless the request
/// names the state (0074,1000). Throws what the database does; `invalid_argument` for a limit outside 1 to 1,000.
find_page find_workitems(schema::database& database, find_request request);

/// Returns a workitem as DICOM JSON: its attributes with SOP class and instance (0008,0016), (0008,0018), Procedure
/// Step State (0074,1000) and Scheduled Procedure Step Start DateTime (0040,4005).
std::string workitem_json(const workitem& item);

} // namespace noctis
