#pragma once

#include "messages/analyses.hpp"
#include "messages/instance.hpp"
#include "messages/query.hpp"

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// What the writers of objects that this system makes have in common.

namespace noctis {

/// A Part 10 file that was made here.
struct made_object {
  std::string sop_class_uid;
  std::string sop_instance_uid;
  std::vector<uint8_t> file;
};

/// Patient and study that an object is about, UTF-8, as an instance of the study or the index has them. Objects are
/// written in ISO_IR 192, since what is written into them need not be in the character set of the study.
struct object_subject {
  patient_attributes patient;
  study_attributes study;
  std::string institution;            ///< "": unknown
  std::string frame_of_reference_uid; ///< of the series of the instance; "": none
};

/// Returns the subject of an instance: a Part 10 file, which may end inside its Pixel Data. Errors:
/// `malformed_data_set`, `truncated_data_set`, `unsupported_transfer_syntax`, `missing_identifier`,
/// `invalid_identifier`.
caf::expected<object_subject> subject_of(const uint8_t* file, size_t size);

/// Returns the subject of a study as the index has it.
object_subject subject_of(const study_row& study);

/// Who an object is. The caller gives the UIDs: what is made again should have the same.
struct object_identity {
  std::string sop_instance_uid;
  std::string series_uid;
  int32_t series_number = 1;
  int32_t instance_number = 1;
  int64_t at = 0; ///< when it was made; ms since the epoch, UTC
};

/// An object that another one refers to.
struct object_reference {
  std::string study_uid; ///< "": that of the subject
  std::string series_uid;
  std::string sop_class_uid;
  std::string sop_instance_uid;
  int32_t frame = 0; ///< of a multi-frame image, the first is 1; 0: all of it
};

/// What every machine-made object says of itself.
inline constexpr const char* machine_made = "Machine-made, not for diagnosis";

} // namespace noctis
