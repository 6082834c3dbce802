#pragma once

#include "messages/find.hpp"
#include "messages/query.hpp"

#include <caf/optional.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// Changes that people make to what is kept. Each is written in one transaction with its events and its entry in the
// audit log; what the principal may not see is `errc::not_found`, what it may not do `permission_denied`, and a
// change that the object's state does not allow `state_conflict`.

/// Changes a study's place in the worklist. Absent fields stay as they are. Status moves as scheduled → in_progress →
/// completed → reported → approved; suspended and cancelled are reached from each of them but approved.
struct study_change {
  principal who;
  object_key key;
  caf::optional<std::string> status;
  caf::optional<std::string> priority;
  caf::optional<int64_t> assigned_to; ///< id of a user, 0: nobody
};

/// Hides a study, series or instance from every reader; its bytes stay until they are purged. An instance that is
/// sent again comes back.
struct delete_request {
  principal who;
  query_level level = query_level::study; ///< study, series or instance
  object_key key;
  std::string reason; ///< must not be empty
};

/// Undoes a `delete_request`.
struct restore_request {
  principal who;
  query_level level = query_level::study;
  object_key key;
  std::string reason;
};

/// Moves every study of patient `from` to patient `into` of the same facility.
struct merge_request {
  principal who;
  int64_t from = 0;
  int64_t into = 0;
  std::string reason;
};

/// Moves studies of one patient to another identity, which is made where it is not known: undoes a merge, or corrects
/// a wrong Patient ID.
struct split_request {
  principal who;
  std::vector<int64_t> studies; ///< row ids, at least one
  patient_row into;             ///< id 0: the patient with this issuer and patient_id, made where there is none
  std::string reason;
};

/// Patients as people look for them. Empty fields do not restrict.
struct patient_filter {
  principal who;
  std::string search; ///< in name and patient id
  std::string patient_id;
  int32_t page = 1;
  int32_t page_size = 50; ///< 1 … 200
};

struct patient_page {
  int64_t count = 0;
  bool count_is_capped = false;
  std::vector<patient_row> patients;
};

struct patient_request {
  principal who;
  int64_t id = 0;
};

struct patient_detail {
  patient_row patient;
  facility_row facility;
  bool identity_conflict = false; ///< another person came with the same Patient ID
  std::vector<study_row> studies; ///< newest first, at most 1,000
};

template <class I>
typename I::result_type inspect(I& f, study_change& x) {
  return f(x.who, x.key, x.status, x.priority, x.assigned_to);
}

template <class I>
typename I::result_type inspect(I& f, delete_request& x) {
  return f(x.who, x.level, x.key, x.reason);
}

template <class I>
typename I::result_type inspect(I& f, restore_request& x) {
  return f(x.who, x.level, x.key, x.reason);
}

template <class I>
typename I::result_type inspect(I& f, merge_request& x) {
  return f(x.who, x.from, x.into, x.reason);
}

template <class I>
typename I::result_type inspect(I& f, split_request& x) {
  return f(x.who, x.studies, x.into, x.reason);
}

template <class I>
typename I::result_type inspect(I& f, patient_filter& x) {
  return f(x.who, x.search, x.patient_id, x.page, x.page_size);
}

template <class I>
typename I::result_type inspect(I& f, patient_page& x) {
  return f(x.count, x.count_is_capped, x.patients);
}

template <class I>
typename I::result_type inspect(I& f, patient_request& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, patient_detail& x) {
  return f(x.patient, x.facility, x.identity_conflict, x.studies);
}

} // namespace noctis
