#include "schema/repositories/changes.hpp"

#include "schema/array_literal.hpp"
#include "schema/text.hpp"

namespace noctis::schema {

namespace {

constexpr statement add_event{"changes_event", "insert into events (type, facility, study, payload) "
                                               "values ($1, nullif($2, 0), nullif($3, 0), $4::jsonb)"};

// One statement, whatever became of how many.
constexpr statement add_job_events{"changes_job_events", R"sql(
insert into events (type, facility, study, payload)
select 'job.updated', j.facility, s.id, jsonb_strip_nulls(jsonb_build_object(
  'id', j.id, 'queue', j.queue, 'state', j.state, 'progress', trim_scale(round(j.progress::numeric, 3)), 'study_id', s.id))
from jobs j cross join lateral (
  select coalesce(j.study, (select k.id from kept_studies k where k.uid = j.payload->>'study_uid')) as id) s
where j.id = any($1::bigint[]) order by j.id)sql"};

} // namespace

void tell_study(query& run, const std::string& type, int64_t facility, int64_t study, const std::string& uid,
                const std::string& more) {
  tell_event(run, type, facility, study,
             R"({"study_id":)" + std::to_string(study) + R"(,"study_instance_uid":)" + json_string(uid) + more + "}");
}

void tell_jobs(query& run, const std::vector<int64_t>& jobs) {
  if (!jobs.empty()) run(add_job_events, array_of(jobs));
}

void tell_event(query& run, const std::string& type, int64_t facility, int64_t study, const std::string& payload) {
  run(add_event, type, facility, study, payload);
}

void record_change(query& run, const audit_entry& entry, const std::string& event) {
  append_audit(run, {entry});
  if (!event.empty()) tell_event(run, event, entry.facility, entry.study, entry.detail);
}

} // namespace noctis::schema
