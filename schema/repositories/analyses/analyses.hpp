#pragma once

#include "messages/analyses.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// What analysers found, and what readers think of it. What the principal may not see is `not_found`; analyses of a
/// deleted study are not seen, and go when it is purged.
class analyses_repository {
public:
  explicit analyses_repository(database& db) : db_(db) {}

  /// The runs of a study with their findings, newest first, at most 200.
  analysis_list list(const analysis_filter& filter);

  /// Keeps a run with all that follows from it in one transaction, and returns its id: older runs of its analyser on
  /// its series are superseded; where it is urgent, the study's priority rises and an alert is raised, which a job
  /// escalates later; HU out of tolerance raise an alert too. A run that is kept already changes nothing, except that
  /// it succeeds one that failed, and is current again where it had been superseded. Throws `invalid_argument` naming
  /// the field.
  int64_t record(const analysis_record& record);

  /// Notes a reader's word on a finding. Throws `not_found`, `permission_denied`, `invalid_argument`.
  analysis_finding judge(const verdict_put& request);

  /// Figures of the runs that began within the days, by analyser and version. Alerts are counted as they are now:
  /// open, open and escalated, and those acknowledged within the days.
  analysis_dashboard dashboard(const analysis_dashboard_request& request);

  /// What runs on phantoms within the days measured, in the order of the phantoms' series; at most the last 10,000.
  calibration_trend calibration(const calibration_request& request);

private:
  database& db_;
};

} // namespace noctis::schema
