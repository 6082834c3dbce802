#pragma once

#include "messages/edit.hpp"
#include "schema/session.hpp"

#include <cstdint>
#include <string>

// How objects are hidden and shown with all counts right. For the sources of this room alone.

namespace noctis::schema {

/// What one study counts for in its facility's totals.
struct study_totals {
  int64_t patients = 0; ///< 1: it is the one study of its patient that is to be seen
  int64_t studies = 0;
  int64_t series = 0;
  int64_t instances = 0;
  int64_t bytes = 0;
};

/// A study, hidden or not, whose row and whose patient's row are locked until the transaction ends.
class locked_study {
public:
  /// Throws `not_found` where `who` sees no study with this id.
  locked_study(query& run, const principal& who, int64_t id);

  [[nodiscard]] int64_t id() const { return id_; }
  [[nodiscard]] int64_t facility() const { return facility_; }
  [[nodiscard]] const std::string& uid() const { return uid_; }

  /// Adds up the study's series anew, hides it under `deletion` where nothing is to be seen and shows it where
  /// something is, and brings the totals of the facility up to date.
  void settle(int64_t deletion);

private:
  [[nodiscard]] study_totals totals() const;

  query& run_;
  int64_t id_;
  int64_t facility_ = 0;
  int64_t patient_ = 0;
  std::string uid_;
  study_totals before_;
};

/// Adds to the totals of a facility.
void add_to_totals(query& run, int64_t facility, const study_totals& change);

/// Returns 1 where a study of the patient is to be seen.
int64_t has_studies(query& run, int64_t patient);

} // namespace noctis::schema
