#pragma once

#include "dicom/deidentification/deidentify.hpp"
#include "dicom/element.hpp"

#include <string_view>
#include <vector>

namespace noctis {

/// What becomes of an attribute (PS3.15 table E.1-1a).
enum class deidentification_action : uint8_t {
  keep,
  remove,     ///< X
  empty,      ///< Z: no value, or a dummy
  dummy,      ///< D: a value that says nothing
  new_uid,    ///< U
  references, ///< U*: a sequence whose UIDs are replaced
  clean,      ///< C: what identifies is taken out of the value
};

/// A row of PS3.15 table E.1-1.
struct deidentification_row {
  tag_number tag;
  tag_number mask;                ///< which digits of the tag count: groups 50xx and 60xx
  deidentification_action action; ///< of the basic profile
  uint16_t keeping;               ///< `deidentification_options` that retain it
  uint16_t cleaning;              ///< options that clean it
};

/// Returns the rows by tag; repeating groups last.
const std::vector<deidentification_row>& deidentification_rows();

/// Returns what becomes of attribute `tag`, of VR `representation`. `private_creator`: of its block, for private ones.
deidentification_action deidentification_action_of(tag_number tag, vr representation, std::string_view private_creator,
                                                   const deidentification_profile& profile);

/// A code of PS3.16 CID 7050, coding scheme DCM.
struct deidentification_method {
  uint16_t option; ///< 0: the basic profile itself
  std::string_view value;
  std::string_view meaning;
};

/// Returns the codes for a profile and its options.
std::vector<deidentification_method> deidentification_methods(const deidentification_profile& profile);

} // namespace noctis
