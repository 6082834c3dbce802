#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace noctis {

/// The information model that a query or retrieval goes by (PS3.4 C.3, C.6, K.6).
enum class information_model : uint8_t { none, patient_root, study_root, patient_study_only, worklist };

enum class service_operation : uint8_t { find, move, get, commit, perform };

/// A SOP class that this system provides beside Verification and Storage.
struct service_class {
  std::string_view uid;
  std::string_view name;
  service_operation operation;
  information_model model = information_model::none;
};

/// All of them.
const std::vector<service_class>& service_classes();

/// Returns the service `uid`, nullptr where it is none of them.
const service_class* find_service(std::string_view uid);

} // namespace noctis
