#pragma once

#include "messages/principal.hpp"
#include "messages/query.hpp"

#include <caf/optional.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// What analysers found in images, what readers think of it, and the alerts that follow. Machine-made, not for
// diagnosis.

/// The queue of jobs that analyse a study when it is complete. Their payload is {"study_uid": …}.
inline constexpr const char* analysis_queue = "analysis";

/// The queue of jobs that keep house. Payload: {"task": "escalate", "alert": <id>} …
inline constexpr const char* maintenance_queue = "maintenance";

/// A code with its meaning (PS3.3 8.8).
struct code_text {
  std::string value;
  std::string scheme;
  std::string meaning;
};

/// One number that an analyser measured, or one place that it points to.
struct analysis_finding {
  int64_t id = 0;   ///< row id
  std::string kind; ///< measurement, candidate
  code_text what;   ///< the quantity, or the finding
  code_text site;   ///< value "": none
  code_text laterality;
  double value = 0;             ///< of a measurement
  std::string unit;             ///< UCUM
  std::vector<double> position; ///< mm, LPS; empty: none
  double diameter_mm = 0;       ///< of a candidate
  double volume_ml = 0;
  double mean_hu = 0;
  std::string verdict; ///< "": none yet, accepted, rejected
  std::string verdict_by;
  int64_t verdict_at = 0; ///< ms since the epoch, UTC
};

/// One run of an analyser on a series. A run of the same analyser and version on the same input is the same run.
struct analysis_run {
  int64_t id = 0;
  int64_t study = 0;
  std::string study_uid;
  std::string series_uid;
  std::string analyser; ///< ct-head, ct-chest, quality-control …
  std::string version;
  std::string input_digest; ///< of the input's instances: hexadecimal
  std::string state;        ///< done, failed
  std::string error;        ///< why it failed
  int64_t job = 0;
  int64_t started_at = 0; ///< ms since the epoch, UTC
  double seconds = 0;
  bool urgent = false;
  std::string urgency_reason;
  std::vector<std::string> warnings;
  std::vector<analysis_finding> findings;
  std::string report_uid;              ///< SOP Instance UID of the SR, "": none
  std::string segmentation_uid;        ///< SOP Instance UID of the SEG, "": none
  std::string segmentation_series_uid; ///< its series
  /// A JSON object of the analyser's own. Of hu-calibration: {"out_of_tolerance": bool, "inserts": [{"material",
  /// "measured_hu", "expected_hu", "tolerance_hu"}]}.
  std::string details = "{}";
  bool superseded = false; ///< a newer run of this analyser on this series exists
};

/// The runs of a study, newest first; superseded ones only where asked for.
struct analysis_filter {
  principal who;
  object_key study;
  bool with_superseded = false;
};

struct analysis_list {
  int64_t study = 0;
  std::string study_uid;
  std::string state; ///< of the study's analysis: "": none, pending, running, done, failed
  std::vector<analysis_run> runs;
};

/// Keeps a run; the same run again changes nothing. Where it is urgent, the study's priority rises and an alert is
/// raised, in the same transaction. Answered with the run's id.
struct analysis_record {
  principal who;
  analysis_run run;
  int64_t escalate_after_ms = 0; ///< of its alert; 0: never
};

/// A reader's word on a finding.
struct verdict_put {
  principal who;
  int64_t finding = 0;
  std::string verdict; ///< accepted, rejected, "": withdrawn
};

/// Something urgent that somebody must acknowledge.
struct alert {
  int64_t id = 0;
  int64_t study = 0;
  std::string study_uid;
  std::string patient_name;
  std::string patient_id;
  std::string study_description;
  int64_t analysis = 0;  ///< row id of the run that raised it; 0: none
  std::string kind;      ///< finding, calibration
  std::string level;     ///< urgent; after escalation: critical
  std::string reason;    ///< one sentence
  std::string state;     ///< open, acknowledged
  int64_t raised_at = 0; ///< ms since the epoch, UTC
  int64_t escalated_at = 0;
  int64_t acknowledged_at = 0;
  std::string acknowledged_by;
  std::string note; ///< of who acknowledged it
};

/// A page of alerts, open ones first, then the newest first.
struct alert_filter {
  principal who;
  std::string state; ///< "": all
  int64_t study = 0; ///< 0: all
  int32_t page = 1;
  int32_t page_size = 50; ///< 1 … 200
};

struct alert_page {
  int64_t count = 0;
  std::vector<alert> alerts;
};

struct alert_acknowledgement {
  principal who;
  int64_t id = 0;
  std::string note;
};

/// Makes an open alert critical; whether it did.
struct alert_escalation {
  principal who;
  int64_t id = 0;
};

/// How analysers do, and what readers think of them.
struct analysis_dashboard_request {
  principal who;
  int32_t days = 30; ///< 1 … 366
};

struct analyser_figures {
  std::string analyser;
  std::string version;
  int64_t runs = 0;
  int64_t failures = 0;
  double mean_seconds = 0;
  double p95_seconds = 0;
  int64_t findings = 0; ///< candidates and measurements
  int64_t accepted = 0;
  int64_t rejected = 0;
  int64_t urgent = 0;
};

struct analysis_dashboard {
  std::vector<analyser_figures> analysers;
  int64_t alerts_open = 0;
  int64_t alerts_escalated = 0;
  int64_t alerts_acknowledged = 0;
  double median_acknowledgement_seconds = 0;
};

/// How a scanner's HU of phantoms went over time.
struct calibration_request {
  principal who;
  std::string station; ///< "": all
  int32_t days = 365;  ///< 1 … 3,660
};

struct calibration_point {
  std::string station; ///< name of the station, else the manufacturer
  std::string material;
  double measured_hu = 0;
  double expected_hu = 0;
  double tolerance_hu = 0;
  int64_t at = 0; ///< date and time of the series, else when it was analysed; ms since the epoch, UTC
  std::string study_uid;
  std::string series_uid;
};

struct calibration_trend {
  std::vector<calibration_point> points; ///< oldest first, at most 10,000
};

template <class I>
typename I::result_type inspect(I& f, code_text& x) {
  return f(x.value, x.scheme, x.meaning);
}

template <class I>
typename I::result_type inspect(I& f, analysis_finding& x) {
  return f(x.id, x.kind, x.what, x.site, x.laterality, x.value, x.unit, x.position, x.diameter_mm, x.volume_ml,
           x.mean_hu, x.verdict, x.verdict_by, x.verdict_at);
}

template <class I>
typename I::result_type inspect(I& f, analysis_run& x) {
  return f(x.id, x.study, x.study_uid, x.series_uid, x.analyser, x.version, x.input_digest, x.state, x.error, x.job,
           x.started_at, x.seconds, x.urgent, x.urgency_reason, x.warnings, x.findings, x.report_uid,
           x.segmentation_uid, x.segmentation_series_uid, x.details, x.superseded);
}

template <class I>
typename I::result_type inspect(I& f, analysis_filter& x) {
  return f(x.who, x.study, x.with_superseded);
}

template <class I>
typename I::result_type inspect(I& f, analysis_list& x) {
  return f(x.study, x.study_uid, x.state, x.runs);
}

template <class I>
typename I::result_type inspect(I& f, analysis_record& x) {
  return f(x.who, x.run, x.escalate_after_ms);
}

template <class I>
typename I::result_type inspect(I& f, verdict_put& x) {
  return f(x.who, x.finding, x.verdict);
}

template <class I>
typename I::result_type inspect(I& f, alert& x) {
  return f(x.id, x.study, x.study_uid, x.patient_name, x.patient_id, x.study_description, x.analysis, x.kind, x.level,
           x.reason, x.state, x.raised_at, x.escalated_at, x.acknowledged_at, x.acknowledged_by, x.note);
}

template <class I>
typename I::result_type inspect(I& f, alert_filter& x) {
  return f(x.who, x.state, x.study, x.page, x.page_size);
}

template <class I>
typename I::result_type inspect(I& f, alert_page& x) {
  return f(x.count, x.alerts);
}

template <class I>
typename I::result_type inspect(I& f, alert_acknowledgement& x) {
  return f(x.who, x.id, x.note);
}

template <class I>
typename I::result_type inspect(I& f, alert_escalation& x) {
  return f(x.who, x.id);
}

template <class I>
typename I::result_type inspect(I& f, analysis_dashboard_request& x) {
  return f(x.who, x.days);
}

template <class I>
typename I::result_type inspect(I& f, analyser_figures& x) {
  return f(x.analyser, x.version, x.runs, x.failures, x.mean_seconds, x.p95_seconds, x.findings, x.accepted, x.rejected,
           x.urgent);
}

template <class I>
typename I::result_type inspect(I& f, analysis_dashboard& x) {
  return f(x.analysers, x.alerts_open, x.alerts_escalated, x.alerts_acknowledged, x.median_acknowledgement_seconds);
}

template <class I>
typename I::result_type inspect(I& f, calibration_request& x) {
  return f(x.who, x.station, x.days);
}

template <class I>
typename I::result_type inspect(I& f, calibration_point& x) {
  return f(x.station, x.material, x.measured_hu, x.expected_hu, x.tolerance_hu, x.at, x.study_uid, x.series_uid);
}

template <class I>
typename I::result_type inspect(I& f, calibration_trend& x) {
  return f(x.points);
}

} // namespace noctis
