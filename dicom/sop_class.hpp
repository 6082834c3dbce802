#pragma once

#include <string_view>
#include <vector>

namespace noctis {

/// A SOP class of PS3.6 table A-1.
struct sop_class {
  std::string_view uid;
  std::string_view name;
  bool retired = false;
};

/// The SOP classes of the Storage service class (PS3.4 B.5), retired ones included, by UID. Objects without a
/// patient (hanging protocols, implant templates, colour palettes … of PS3.4 GG) belong to another service class.
const std::vector<sop_class>& storage_sop_classes();

/// Returns the storage SOP class `uid`, nullptr where it is none of the standard's.
const sop_class* find_storage_sop_class(std::string_view uid);

bool is_storage_sop_class(std::string_view uid);

} // namespace noctis
