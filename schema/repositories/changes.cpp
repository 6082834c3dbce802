#include "schema/repositories/changes.hpp"

namespace noctis::schema {

namespace {

constexpr statement add_event{"changes_event", "insert into events (type, facility, study, payload) "
                                               "values ($1, nullif($2, 0), nullif($3, 0), $4::jsonb)"};

} // namespace

void tell_event(query& run, const std::string& type, int64_t facility, int64_t study, const std::string& payload) {
  run(add_event, type, facility, study, payload);
}

void record_change(query& run, const audit_entry& entry, const std::string& event) {
  append_audit(run, {entry});
  if (!event.empty()) tell_event(run, event, entry.facility, entry.study, entry.detail);
}

} // namespace noctis::schema
