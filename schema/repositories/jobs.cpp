#include "schema/repositories/jobs.hpp"

#include "schema/array_columns.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <array>

namespace noctis::schema {

namespace {

constexpr std::array<const char*, 4> all_priorities{"elective", "routine", "urgent", "stat"};
constexpr std::array<const char*, 5> all_states{"pending", "running", "done", "failed", "cancelled"};
constexpr int32_t most_attempts = 1000;
constexpr int64_t longest_lease_ms = 3'600'000;
constexpr int64_t longest_delay_ms = 30LL * 24 * 3'600'000;

// Of the job `j`. Milliseconds since the epoch, UTC; 0 for what has not happened.
#define NOCTIS_JOB_COLUMNS                                                                                             \
  "j.id, j.queue, j.state, j.priority, coalesce(j.facility, 0), coalesce(j.study, 0), j.attempts, j.max_attempts, "    \
  "j.progress, j.payload, "                                                                                            \
  "coalesce(j.result::text, ''), j.error, j.worker, (extract(epoch from j.created_at) * 1000)::bigint, "               \
  "(extract(epoch from j.run_after) * 1000)::bigint, "                                                                 \
  "(extract(epoch from coalesce(j.started_at, 'epoch')) * 1000)::bigint, "                                             \
  "(extract(epoch from coalesce(j.finished_at, 'epoch')) * 1000)::bigint"

// When a job may run whose n-th attempt failed: after 5 s, 10 s, 20 s … 10 min.
#define NOCTIS_JOB_BACKOFF                                                                                             \
  "now() + least(interval '10 minutes', interval '5 seconds' * 2.0 ^ least(greatest(j.attempts - 1, 0), 10))"

constexpr statement submit_job{"jobs_submit", R"sql(
insert into jobs as j (queue, payload, unique_key, priority, max_attempts, run_after, facility, study)
values ($1, $2::jsonb, nullif($3, ''), $4::study_priority, $5, now() + make_interval(secs => $6 / 1000.0),
        nullif($7::bigint, 0), nullif($8::bigint, 0))
on conflict (unique_key) where state in ('pending', 'running') do update
set again_after = case when j.state = 'running' then least(j.again_after, excluded.run_after) end
returning j.id, j.xmax = 0)sql"};

constexpr statement take_back{"jobs_take_back", R"sql(
with lapsed as (
  select id, attempts >= max_attempts as is_last from jobs where state = 'running' and lease_until < now()
  order by lease_until limit 100 for update skip locked)
update jobs j set state = case when l.is_last then 'failed' else 'pending' end, lease_until = null,
  handed_at = null, finished_at = case when l.is_last then now() end, error = 'the worker ' || j.worker || ' went silent', run_after = )sql" NOCTIS_JOB_BACKOFF
                                                R"sql(
from lapsed l where j.id = l.id
returning j.id, j.state)sql"};

constexpr statement claim_job{"jobs_claim", R"sql(
with next as (
  select w.id from unnest($1::text[]) as q (name)
  cross join lateral (
    select id, priority, run_after from jobs where queue = q.name and state = 'pending' and run_after <= now()
    order by priority desc, run_after, id limit 1 for update skip locked) w
  order by w.priority desc, w.run_after, w.id limit 1)
update jobs j set state = 'running', worker = $2, attempts = j.attempts + 1, started_at = now(), finished_at = null,
  progress = 0, again_after = null, lease_until = now() + make_interval(secs => $3 / 1000.0)
from next where j.id = next.id returning )sql" NOCTIS_JOB_COLUMNS};

// That a job was handed out or taken may be forgotten: it is handed out again then.
constexpr statement may_be_forgotten{"jobs_may_be_forgotten", "select set_config('synchronous_commit', 'off', true)"};

constexpr statement hand_out_new{"jobs_hand_out_new", R"sql(
with due as (
  select d.id from unnest($1::text[], $2::int[], $3::bigint[]) as w (queue, most, age)
  cross join lateral (
    select id from jobs where queue = w.queue and state = 'pending' and handed_at is null and run_after <= now()
    order by priority desc, run_after, id limit w.most for update skip locked) d)
update jobs j set handed_at = now() from due where j.id = due.id returning j.id, j.queue)sql"};

constexpr statement hand_out_again{"jobs_hand_out_again", R"sql(
with due as (
  select d.id from unnest($1::text[], $2::int[], $3::bigint[]) as w (queue, most, age)
  cross join lateral (
    select id from jobs where queue = w.queue and state = 'pending' and run_after <= now() and w.age > 0
      and handed_at < now() - make_interval(secs => w.age / 1000.0)
    order by priority desc, run_after, id limit w.most for update skip locked) d)
update jobs j set handed_at = now() from due where j.id = due.id returning j.id, j.queue)sql"};

const std::string select_queues = R"sql(
with live as (
  select j.queue, count(*) filter (where j.state = 'pending') as pending,
    count(*) filter (where j.state = 'running') as running, count(*) filter (where j.state = 'failed') as failed,
    extract(epoch from now() - min(j.run_after) filter (where j.state = 'pending')) * 1000 as waited
  from jobs j where j.state in ('pending', 'running', 'failed') and )sql";
const std::string select_queues_done = R"sql( group by j.queue),
ended as (
  select j.queue, count(*) as done, avg(t.seconds) as mean,
    percentile_cont(0.95) within group (order by t.seconds) as p95
  from jobs j, lateral (select extract(epoch from j.finished_at - j.started_at)::float8 as seconds) t
  where j.state = 'done' and j.finished_at > now() - make_interval(hours => $1::integer) and )sql";
const std::string select_queues_end = R"sql( group by j.queue)
select coalesce(l.queue, e.queue), coalesce(l.pending, 0), coalesce(l.running, 0), coalesce(l.failed, 0),
  coalesce(e.done, 0), coalesce(e.mean, 0), coalesce(e.p95, 0), greatest(coalesce(l.waited, 0), 0)::bigint
from live l full join ended e on e.queue = l.queue order by 1)sql";

constexpr statement prune_ended{"jobs_prune", R"sql(
with old as (
  select id from jobs where state in ('done', 'cancelled') and finished_at < now() - make_interval(days => $1)
  order by finished_at limit 1000 for update skip locked)
delete from jobs j using old where j.id = old.id)sql"};

constexpr statement report_progress{"jobs_report", R"sql(
with known as (
  select id, progress from jobs where id = $1 and worker = $2 and state = 'running' for no key update)
update jobs j set progress = $3, lease_until = now() + make_interval(secs => $4 / 1000.0)
from known k where j.id = k.id returning floor(j.progress / 0.05) <> floor(k.progress / 0.05))sql"};

constexpr statement end_well{"jobs_end_well", R"sql(
update jobs j set state = 'done', progress = 1, error = '', result = $3::jsonb, finished_at = now(), lease_until = null
where id = $1 and worker = $2 and state = 'running'
returning id, state)sql"};

constexpr statement end_badly{"jobs_end_badly", R"sql(
update jobs j set state = case when $4 or j.attempts >= j.max_attempts then 'failed' else 'pending' end, error = $3,
  finished_at = case when $4 or j.attempts >= j.max_attempts then now() end, lease_until = null,
  handed_at = null, run_after = )sql" NOCTIS_JOB_BACKOFF
                                                R"sql(
where id = $1 and worker = $2 and state = 'running'
returning id, state)sql"};

// Somebody wanted a job while it ran.
constexpr statement run_again{"jobs_run_again", R"sql(
update jobs set state = 'pending', run_after = again_after, again_after = null, attempts = 0, finished_at = null,
  handed_at = null
where id = $1 and state in ('done', 'failed') and again_after is not null)sql"};

const std::string select_jobs = "select " NOCTIS_JOB_COLUMNS " from jobs j where ";

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

[[noreturn]] void throw_not_found(int64_t id) {
  throw database_error(errc::not_found, "there is no job " + std::to_string(id));
}

bool is_queue(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  });
}

void check_queue(const std::string& name) {
  if (!is_queue(name)) refuse("\"" + storable(name, 64) + R"(" is not a queue: 1 to 64 of a-z, 0-9, "_", ".", "-")");
}

template <class Names>
void check_name(const std::string& value, const Names& allowed, const char* field) {
  if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
    refuse(std::string{field} + " \"" + storable(value, 64) + "\" is none of those that there are");
}

void check_lease(int64_t lease_ms) {
  if (lease_ms < 1 || lease_ms > longest_lease_ms) refuse("lease_ms is 1 to " + std::to_string(longest_lease_ms));
}

void check(const job_submission& submission) {
  check_queue(submission.queue);
  check_name(submission.priority, all_priorities, "priority");
  if (submission.max_attempts < 1 || submission.max_attempts > most_attempts) refuse("max_attempts is 1 to 1000");
  if (submission.delay_ms < 0 || submission.delay_ms > longest_delay_ms) refuse("delay_ms is 0 to 30 days");
  if (storable(submission.unique_key, 256) != submission.unique_key) refuse("unique_key has at most 256 characters");
  if (submission.payload.compare(0, 1, "{") != 0) refuse("payload is a JSON object");
}

job job_from(const pqxx::row& row) {
  job result;
  result.id = row[0].as<int64_t>();
  result.queue = row[1].as<std::string>();
  result.state = row[2].as<std::string>();
  result.priority = row[3].as<std::string>();
  result.facility = row[4].as<int64_t>();
  result.study = row[5].as<int64_t>();
  result.attempts = row[6].as<int32_t>();
  result.max_attempts = row[7].as<int32_t>();
  result.progress = row[8].as<double>();
  result.payload = row[9].as<std::string>();
  result.result = row[10].as<std::string>();
  result.error = row[11].as<std::string>();
  result.worker = row[12].as<std::string>();
  result.created_at = row[13].as<int64_t>();
  result.run_after = row[14].as<int64_t>();
  result.started_at = row[15].as<int64_t>();
  result.finished_at = row[16].as<int64_t>();
  return result;
}

/// Tells of jobs whose attempt has come to an end, and has those run again that somebody wanted meanwhile.
void close(query& run, const pqxx::result& ended) {
  std::vector<int64_t> ids;
  for (const auto& row : ended) ids.push_back(row[0].as<int64_t>());
  tell_jobs(run, ids);
  for (const auto& row : ended) {
    if (row[1].as<std::string>() != "pending") run(run_again, row[0].as<int64_t>());
  }
}

} // namespace

int64_t jobs_repository::submit(const job_submission& submission) {
  check(submission);
  const auto& who = submission.who;
  if (who.kind == principal_kind::nobody) throw database_error(errc::permission_denied, "nobody may add jobs");
  const int64_t facility = who.facilities.empty() ? 0 : who.facilities.front();
  return transact(db_, [&](query& run) {
    const auto row = run(submit_job, submission.queue, submission.payload, submission.unique_key, submission.priority,
                         submission.max_attempts, submission.delay_ms, facility, submission.study)[0];
    const auto id = row[0].as<int64_t>();
    const bool is_new = row[1].as<bool>();
    if (is_new) tell_jobs(run, {id});
    return id;
  });
}

std::vector<job> jobs_repository::claim(const job_claim& claim) {
  for (const auto& queue : claim.queues) check_queue(queue);
  check_lease(claim.lease_ms);
  if (claim.worker.empty() || storable(claim.worker, 128) != claim.worker) refuse("worker has 1 to 128 characters");
  return transact(db_, [&](query& run) {
    run(may_be_forgotten);
    close(run, run(take_back));
    std::vector<job> result;
    for (const auto& row : run(claim_job, array_of(claim.queues), claim.worker, claim.lease_ms))
      result.push_back(job_from(row));
    if (!result.empty()) tell_jobs(run, {result.front().id});
    return result;
  });
}

std::vector<job_token> jobs_repository::hand_out(const job_handout& request) {
  if (request.queues.empty() || request.queues.size() > 100) refuse("queues are 1 to 100");
  array_columns wanted{3};
  bool takes_old = false;
  for (const auto& each : request.queues) {
    check_queue(each.queue);
    if (each.limit < 0 || each.limit > 1000) refuse("limit is 0 to 1,000");
    if (each.older_than_ms < 0) refuse("older_than_ms is not negative");
    wanted.add(each.queue, int64_t{each.limit}, each.older_than_ms);
    takes_old = takes_old || each.older_than_ms > 0;
  }
  return transact(db_, [&](query& run) {
    run(may_be_forgotten);
    std::vector<job_token> result;
    const auto take = [&](const statement& due) {
      for (const auto& row : run.all(due, wanted.parameters()))
        result.push_back({row[0].as<int64_t>(), row[1].as<std::string>()});
    };
    take(hand_out_new);
    if (takes_old) take(hand_out_again);
    return result;
  });
}

queue_states jobs_repository::queues(const queue_request& request) {
  if (request.hours < 1 || request.hours > 720) refuse("hours is 1 to 720");
  const auto visible = visible_to(request.who, "j.facility");
  return read(db_, [&](query& run) {
    queue_states result;
    for (const auto& row : run.once(select_queues + visible + select_queues_done + visible + select_queues_end,
                                    {std::to_string(request.hours)})) {
      queue_state one;
      one.queue = row[0].as<std::string>();
      one.pending = row[1].as<int64_t>();
      one.running = row[2].as<int64_t>();
      one.failed = row[3].as<int64_t>();
      one.done = row[4].as<int64_t>();
      one.mean_seconds = row[5].as<double>();
      one.p95_seconds = row[6].as<double>();
      one.oldest_due_ms = row[7].as<int64_t>();
      result.queues.push_back(std::move(one));
    }
    return result;
  });
}

int64_t jobs_repository::prune(int32_t days) {
  return transact(db_, [&](query& run) { return static_cast<int64_t>(run(prune_ended, days).affected_rows()); });
}

bool jobs_repository::report(const job_progress& progress) {
  check_lease(progress.lease_ms);
  if (!(progress.progress >= 0 && progress.progress <= 1)) refuse("progress is 0 to 1");
  return transact(db_, [&](query& run) {
    const auto rows =
        run(report_progress, progress.id, storable(progress.worker, 128), progress.progress, progress.lease_ms);
    const bool is_step = !rows.empty() && rows[0][0].as<bool>();
    if (is_step) tell_jobs(run, {progress.id});
    return !rows.empty();
  });
}

void jobs_repository::end(const job_end& end) {
  const auto worker = storable(end.worker, 128);
  const auto result = end.result.empty() ? std::string{"{}"} : end.result;
  transact(db_, [&](query& run) {
    const auto ended = end.error.empty() ? run(end_well, end.id, worker, result)
                                         : run(end_badly, end.id, worker, storable(end.error, 4096), end.final);
    if (ended.empty())
      throw database_error(errc::state_conflict, "job " + std::to_string(end.id) + " is not run by " + worker);
    close(run, ended);
  });
}

job_page jobs_repository::list(const job_filter& filter) {
  if (filter.page < 1 || filter.page_size < 1 || filter.page_size > 200)
    refuse("page is at least 1, page_size 1 to 200");
  auto where = visible_to(filter.who, "j.facility");
  std::vector<std::string> values;
  const auto restrict_to = [&](const char* column, const std::string& value) {
    values.push_back(value);
    where += std::string{" and "} + column + " = $" + std::to_string(values.size());
  };
  if (!filter.queue.empty()) {
    check_queue(filter.queue);
    restrict_to("j.queue", filter.queue);
  }
  if (filter.study != 0) restrict_to("j.study", std::to_string(filter.study));
  if (!filter.state.empty()) {
    check_name(filter.state, all_states, "state");
    restrict_to("j.state", filter.state);
  }
  const auto skipped = (int64_t{filter.page} - 1) * filter.page_size;
  return read(db_, [&](query& run) {
    job_page page;
    page.count = run.once("select count(*) from jobs j where " + where, values)[0][0].as<int64_t>();
    for (const auto& row : run.once(select_jobs + where + " order by j.id desc limit " +
                                        std::to_string(filter.page_size) + " offset " + std::to_string(skipped),
                                    values))
      page.jobs.push_back(job_from(row));
    return page;
  });
}

job jobs_repository::find(const principal& who, int64_t id) {
  const auto rows = read(db_, [&](query& run) {
    return run.once(select_jobs + visible_to(who, "j.facility") + " and j.id = $1", {std::to_string(id)});
  });
  if (rows.empty()) throw_not_found(id);
  return job_from(rows[0]);
}

job jobs_repository::change(const principal& who, int64_t id, const std::string& sql, const std::string& action) {
  require(who, permission::study_edit);
  return transact(db_, [&](query& run) {
    const std::vector<std::string> key{std::to_string(id)};
    const auto found = run.once(select_jobs + visible_to(who, "j.facility") + " and j.id = $1 for update", key);
    if (found.empty()) throw_not_found(id);
    const auto changed = run.once(sql + " returning " NOCTIS_JOB_COLUMNS, key);
    if (changed.empty())
      throw database_error(errc::state_conflict, "job " + key.front() + " is " + job_from(found[0]).state);
    auto result = job_from(changed[0]);
    record_change(run, {who, action, "ok", key.front(), result.facility, 0, R"({"job":)" + key.front() + "}"}, "");
    tell_jobs(run, {id});
    return result;
  });
}

job jobs_repository::cancel(const principal& who, int64_t id) {
  return change(who, id,
                "update jobs j set state = 'cancelled', finished_at = now(), lease_until = null, "
                "again_after = null where j.id = $1 and j.state in ('pending', 'running')",
                "job.cancelled");
}

job jobs_repository::retry(const principal& who, int64_t id) {
  return change(
      who, id,
      "update jobs j set state = 'pending', attempts = 0, progress = 0, error = '', worker = '', "
      "run_after = now(), finished_at = null, handed_at = null where j.id = $1 and j.state in ('failed', 'cancelled') "
      "and not exists (select from jobs o where o.unique_key = j.unique_key and o.state in "
      "('pending', 'running'))",
      "job.retried");
}

} // namespace noctis::schema
