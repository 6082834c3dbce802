#pragma once

#include "messages/find.hpp"

#include <cstdint>
#include <vector>

namespace noctis {

/// An attribute that the index keeps as DICOM JSON, beside those that have a field in `instance_header`.
struct kept_attribute {
  uint32_t tag;
  const char* vr;    ///< two letters (PS3.6)
  query_level level; ///< study, series or instance: whose first header it is taken from
};

/// Returns all of them, by tag: what viewers, hanging protocols and reports ask for.
const std::vector<kept_attribute>& kept_attributes();

} // namespace noctis
