#pragma once

#include "messages/ingest.hpp"
#include "schema/repositories/index/index.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

// How one batch looks while it is being indexed. For the sources of this room.

namespace noctis::schema {

/// A study of the batch: as the index has it, or about to be made (`id` 0).
struct study_draft {
  int64_t id = 0;
  int64_t facility = 0;
  int64_t patient = 0;
  std::string facility_name; ///< of known studies
  std::string patient_id;
  std::string issuer;
  const instance_header* first = nullptr; ///< what a new study's row is made of
  bool hidden = false;                    ///< it was deleted; the first arrival shows it again
  bool new_patient = false;               ///< nothing of the patient was to be seen so far

  // What this batch adds.
  int64_t series = 0;
  int64_t arrivals = 0; ///< new instances and new versions of instances
  int64_t instances = 0;
  int64_t bytes = 0;
  std::set<std::string> modalities;
  std::string body_part;
};

/// A series of the batch, as above.
struct series_draft {
  int64_t id = 0;
  bool hidden = false;
  std::string study_uid;
  const instance_header* first = nullptr;

  // What this batch adds.
  int64_t arrivals = 0; ///< new instances and new versions of instances
  int64_t instances = 0;
  int64_t bytes = 0;
};

/// The current version of an instance that the index has.
struct known_instance {
  int64_t id = 0;
  int32_t version = 1;
  int64_t length = 0;
  std::string digest;
  std::string transfer_syntax;
  int64_t series = 0;
  bool hidden = false;
};

/// One entry on its way. `entry` holds what the database can keep.
struct draft {
  size_t position = 0; ///< in the batch
  index_entry entry;
  int64_t facility = 0;
  std::vector<int64_t> rules; ///< by which it is sent on
  std::optional<known_instance> known;
  bool is_known_identity = false; ///< the study is its patient's, whatever Patient ID its header has
  bool writes = false;            ///< a row of its own is to be inserted
  bool shows = false;             ///< the row that there is is to be shown again
  index_answer answer;
};

/// Everything that one round writes. Ordered by UID, the order in which every writer takes its locks.
struct round_draft {
  std::vector<draft*> drafts; ///< ordered by SOP Instance UID, none twice
  std::map<std::string, study_draft> studies;
  std::map<std::string, series_draft> series;
};

/// Returns who sent the instance: the calling AE title, or the name of who uploaded it.
const std::string& sender_of(const index_entry& entry);

/// Returns `entry` as the database can keep it: text clipped to what the columns take, dates that are dates.
/// Throws what makes an entry impossible: `missing_identifier`, `invalid_identifier`, `invalid_argument`,
/// `permission_denied`.
draft make_draft(const index_entry& entry, size_t position);

} // namespace noctis::schema
