#pragma once

#include "dicom/element.hpp"

#include <string_view>
#include <vector>

namespace noctis {

/// What kind of directory record stands for instances of a SOP class, and what describes them in it (PS3.3 F.5).
struct directory_record_type {
  std::string_view name;        ///< Directory Record Type (0004,1430)
  std::vector<tag_number> keys; ///< ascending, besides (0008,0005)
};

/// Returns the type of record for instances of `sop_class_uid`: "IMAGE" for what has none of its own.
const directory_record_type& directory_record_type_of(std::string_view sop_class_uid);

/// The records above those of instances.
const directory_record_type& patient_record_type();
const directory_record_type& study_record_type();
const directory_record_type& series_record_type();

} // namespace noctis
