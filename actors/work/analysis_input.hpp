#pragma once

#include "messages/query.hpp"

#include <string>
#include <vector>

namespace noctis {

/// A series as analysers get it.
struct analysis_input {
  std::string study_uid;
  std::string series_uid;
  std::string digest;            ///< of its images' UIDs and data sets: the same for the same images, 32 hex digits
  std::vector<image_row> images; ///< by instance number
};

/// Returns the series of a study that analysers may look at: those with images that are no result of reading, and not
/// made by this system.
std::vector<analysis_input> inputs_of(const study_detail& study);

} // namespace noctis
