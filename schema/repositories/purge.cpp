#include "schema/repositories/purge.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement find_due{"purge_find", R"sql(
select r.study from deletions d join kept_instances i on i.deletion = d.id join kept_series r on r.id = i.series
where d.at < now() - make_interval(secs => $1 * 86400) order by d.id limit 1)sql"};
constexpr statement lock_study{"purge_lock_study", "select uid, facility, patient from kept_studies where id = $1 "
                                                   "for no key update"};
// Of an instance that is to go, replaced versions go too; of one that came again with other bytes, the hidden one.
constexpr statement find_doomed{"purge_doomed", R"sql(
with due as (
  select i.id, i.sop_uid, i.replaced_at, i.length
  from kept_series r join kept_instances i on i.series = r.id join deletions d on d.id = i.deletion
  where r.study = $1 and d.at < now() - make_interval(secs => $2 * 86400) limit 10000)
select id, length from due
union select v.id, v.length from due join kept_instances v on v.sop_uid = due.sop_uid
where due.replaced_at is null and v.replaced_at is not null)sql"};
constexpr statement note_files{"purge_note_files", R"sql(
with gone as (
  delete from locations where instance = any($1::bigint[]) returning node, path)
insert into purged_files (node, path) select n.term, g.path from gone g join terms n on n.id = g.node
on conflict do nothing)sql"};
constexpr statement forget_instances{"purge_instances", "delete from kept_instances where id = any($1::bigint[])"};
constexpr statement forget_series{"purge_series", R"sql(
delete from kept_series r where r.study = $1 and r.deletion is not null
  and not exists (select from kept_instances i where i.series = r.id))sql"};
constexpr statement forget_study{"purge_study", R"sql(
delete from kept_studies s where s.id = $1 and s.deletion is not null
  and not exists (select from kept_series r where r.study = s.id) returning id)sql"};
constexpr statement lock_patient{"purge_lock_patient", "select from patients where id = $1 for update"};
constexpr statement forget_patient{"purge_patient", R"sql(
delete from patients p where p.id = $1 and not exists (select from kept_studies s where s.patient = p.id)
  and not exists (select from patients o where o.merged_into = p.id))sql"};

constexpr statement page_of_files{"purge_files", "select path from purged_files where node = $1 and path > $2 "
                                                 "order by path limit $3"};
constexpr statement forget_files{"purge_forget_files",
                                 "delete from purged_files where node = $1 and path = any($2::text[])"};
constexpr statement find_unknown{"purge_unknown", R"sql(
select e.n from unnest($2::text[]) with ordinality as e (path, n)
where not exists (select from purged_files f where f.node = $1 and f.path = e.path) order by e.n)sql"};

std::string storable_paths(const std::vector<std::string>& paths) {
  array_literal result;
  for (const auto& path : paths) result.add(storable(path, 4096));
  return result.str();
}

} // namespace

purge_report purge_repository::purge_one(const principal& who, double days) {
  require(who, permission::system_manage);
  if (!(days >= 0 && days <= 36'500)) throw database_error(errc::invalid_argument, "days is 0 to 36500");
  return transact(db_, [&](query& run) {
    purge_report report;
    const auto due = run(find_due, days);
    if (due.empty()) return report;
    const auto study = due[0][0].as<int64_t>();
    const auto locked = run(lock_study, study);
    if (locked.empty()) throw lost_race{};
    std::vector<int64_t> doomed;
    for (const auto& row : run(find_doomed, study, days)) {
      doomed.push_back(row[0].as<int64_t>());
      report.bytes += row[1].as<int64_t>();
    }
    if (doomed.empty()) throw lost_race{};
    report.instances = static_cast<int64_t>(doomed.size());
    const auto ids = array_of(doomed);
    run(note_files, ids);
    run(forget_instances, ids);
    run(forget_series, study);
    if (!run(forget_study, study).empty()) {
      report.studies = 1;
      const auto patient = locked[0][2].as<int64_t>();
      run(lock_patient, patient);
      run(forget_patient, patient);
    }
    const auto uid = locked[0][0].as<std::string>();
    append_audit(run,
                 {{who, "study.purge", "ok", uid, locked[0][1].as<int64_t>(), study,
                   R"({"study":)" + json_string(uid) + R"(,"instances":)" + std::to_string(report.instances) + "}"}});
    return report;
  });
}

std::vector<std::string> purge_repository::files_of(const std::string& node, const std::string& after, int32_t limit) {
  std::vector<std::string> result;
  for (const auto& row : read(db_, [&](query& run) { return run(page_of_files, storable(node, 512), after, limit); }))
    result.push_back(row[0].as<std::string>());
  return result;
}

void purge_repository::removed(const std::string& node, const std::vector<std::string>& paths) {
  transact(db_, [&](query& run) { run(forget_files, storable(node, 512), storable_paths(paths)); });
}

std::vector<std::string> purge_repository::unknown_paths(const std::string& node,
                                                         const std::vector<std::string>& paths) {
  std::vector<std::string> result;
  const auto literal = storable_paths(paths);
  for (const auto& row : read(db_, [&](query& run) { return run(find_unknown, storable(node, 512), literal); }))
    result.push_back(paths[row[0].as<size_t>() - 1]);
  return result;
}

} // namespace noctis::schema
