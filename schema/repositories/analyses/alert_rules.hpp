#pragma once

#include "messages/analyses.hpp"
#include "schema/session.hpp"

#include <cstdint>
#include <string>

// What follows from a run of an analyser. For the sources of this room alone.

namespace noctis::schema {

/// A study, locked until the transaction ends.
struct analysed_study {
  int64_t id = 0;
  int64_t facility = 0;
  std::string uid;
};

/// Raises the priority and the alert that a run of `study` calls for, if any, with their events, entries in the audit
/// log and the job that escalates. `id` is the run's.
void raise_what_follows(query& run, const analysis_record& record, const analysed_study& study, int64_t id);

/// Whether the details of a run (a JSON object) say {"out_of_tolerance": true}.
bool is_out_of_tolerance(const std::string& details);

/// Writes an event of an alert: its id, level and reason.
void tell_alert(query& run, const std::string& type, const analysed_study& study, int64_t alert,
                const std::string& level, const std::string& reason);

} // namespace noctis::schema
