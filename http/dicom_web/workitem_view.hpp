#pragma once

#include "messages/workitem.hpp"

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// A scheduled procedure step is kept with the attributes of a Modality Worklist item (PS3.4 K.6.1.2); UPS-RS shows it
// as a Unified Procedure Step (PS3.4 CC.2.5).

/// Returns the kept attributes, a DICOM JSON object, as those of a Unified Procedure Step.
caf::expected<std::string> step_view(const std::string& kept);

/// The same with UID, state and time of change. Error: `invalid_argument`.
caf::expected<std::string> step_view(const workitem& item);

/// Returns what is kept of a Unified Procedure Step, or of changes to one, that somebody sent. `known`: the attributes
/// that are kept so far; what the changes don't name of its scheduled step stays.
std::string kept_step(const rapidjson::Value& step, const rapidjson::Value* known = nullptr);

/// Returns where an attribute of a Unified Procedure Step, named by its path, stands in what is kept.
std::vector<uint32_t> kept_path(std::vector<uint32_t> path);

} // namespace noctis
