#pragma once

#include "schema/repositories/audit.hpp"
#include "schema/session.hpp"

#include <string>
#include <vector>

// What every change leaves behind in its own transaction. For the sources of this room alone.

namespace noctis::schema {

/// Appends entries to the audit log; the transaction's commit keeps them.
void append_audit(query& run, const std::vector<audit_entry>& entries);

/// Writes an event, e.g. "study.updated". `payload` is a JSON object; facility and study 0: none.
void tell_event(query& run, const std::string& type, int64_t facility, int64_t study, const std::string& payload);

/// Writes an event of a study, which is named by `study_id` and `study_instance_uid`. `more` are further members of the
/// JSON object, each with a comma before it.
void tell_study(query& run, const std::string& type, int64_t facility, int64_t study, const std::string& uid,
                const std::string& more = "");

/// Writes the event `job.updated` of each of these jobs, as they are now.
void tell_jobs(query& run, const std::vector<int64_t>& jobs);

/// Writes the audit entry of a change and, where `event` is not "", the event of that type with the entry's detail.
void record_change(query& run, const audit_entry& entry, const std::string& event);

} // namespace noctis::schema
