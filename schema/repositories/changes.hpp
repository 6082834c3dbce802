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

/// Writes the audit entry of a change and, where `event` is not "", the event of that type with the entry's detail.
void record_change(query& run, const audit_entry& entry, const std::string& event);

} // namespace noctis::schema
