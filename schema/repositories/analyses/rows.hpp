#pragma once

#include "messages/analyses.hpp"

#include <pqxx/row>

#include <string>

// How analyses and alerts stand in the database. For the sources of this room alone.

namespace noctis::schema {

// One run `a` of the study `s`.
#define NOCTIS_ANALYSIS_COLUMNS                                                                                        \
  "a.id, a.study, s.uid, a.series_uid, a.analyser, a.version, a.input_digest, a.state, a.error, coalesce(a.job, 0), "  \
  "(extract(epoch from a.started_at) * 1000)::bigint, a.seconds, a.urgent, a.urgency_reason, a.warnings, "             \
  "a.report_uid, a.segmentation_uid, a.segmentation_series_uid, a.details, a.superseded"

/// Reads `NOCTIS_ANALYSIS_COLUMNS`; the findings are not among them.
analysis_run analysis_from(const pqxx::row& row);

// One finding `f`, and who judged it, `u`.
#define NOCTIS_FINDING_COLUMNS                                                                                         \
  "f.analysis, f.id, f.kind, f.content, f.verdict, coalesce(nullif(u.full_name, ''), u.username, ''), "                \
  "(extract(epoch from coalesce(f.verdict_at, 'epoch')) * 1000)::bigint"
#define NOCTIS_FINDING_TABLES "analysis_findings f left join users u on u.id = f.verdict_by"

/// Reads `NOCTIS_FINDING_COLUMNS` but the first.
analysis_finding finding_from(const pqxx::row& row);

/// Returns what does not change of a finding, as JSON.
std::string content_of(const analysis_finding& what);

// One alert `a` of the study `s` and the patient `p`, and who acknowledged it, `u`.
#define NOCTIS_ALERT_COLUMNS                                                                                           \
  "a.id, a.study, s.uid, p.name, p.patient_id, s.description, coalesce(a.analysis, 0), a.kind, "                       \
  "case when a.escalated_at is null then 'urgent' else 'critical' end, a.reason, "                                     \
  "case when a.acknowledged_at is null then 'open' else 'acknowledged' end, "                                          \
  "(extract(epoch from a.raised_at) * 1000)::bigint, "                                                                 \
  "(extract(epoch from coalesce(a.escalated_at, 'epoch')) * 1000)::bigint, "                                           \
  "(extract(epoch from coalesce(a.acknowledged_at, 'epoch')) * 1000)::bigint, "                                        \
  "coalesce(nullif(u.full_name, ''), u.username, ''), a.note"
#define NOCTIS_ALERT_TABLES                                                                                            \
  "alerts a join studies s on s.id = a.study join patients p on p.id = s.patient "                                     \
  "left join users u on u.id = a.acknowledged_by"

/// Reads `NOCTIS_ALERT_COLUMNS`.
alert alert_from(const pqxx::row& row);

} // namespace noctis::schema
