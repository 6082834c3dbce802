#include "schema/repositories/patient_changes.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/repositories/index/statements.hpp"
#include "schema/repositories/visibility.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <map>

namespace noctis::schema {

namespace {

constexpr size_t most_studies = 1000;
constexpr size_t reason_length = 1024;

// Studies before patients: the order in which every writer takes its locks.
constexpr statement lock_studies_of{"patients_lock_studies", "select id from kept_studies where patient = $1 "
                                                             "order by uid for no key update"};
constexpr statement lock_patients{"patients_lock", R"sql(
select id, facility, merged_into is not null, patient_id, issuer, name, birth_date, sex from patients
where id = any($1::bigint[]) order by id for no key update)sql"};
constexpr statement move_studies{"patients_move", R"sql(
with moved as (
  select s.id, p.issuer, p.patient_id from kept_studies s join patients p on p.id = s.patient
  where (s.id = any($1::bigint[]) or s.patient = $3) and s.patient <> $2),
remembered as (
  insert into study_identities (study, issuer, patient_id) select id, issuer, patient_id from moved
  on conflict do nothing),
written as (
  update kept_studies s set patient = $2, updated_at = now(),
    search_text = search_text_of(t.name, t.patient_id, s.accession_number, s.description)
  from moved m, patients t where s.id = m.id and t.id = $2 returning s.id, s.uid, s.facility, s.deletion),
told as (
  insert into events (type, facility, study, payload)
  select 'study.updated', facility, id, jsonb_build_object('study_id', id, 'study_instance_uid', uid,
    'change', 'patient', 'patient', $2) from written
  where deletion is null)
select id from written order by id)sql"};
constexpr statement note_merge{"patients_note_merge",
                               "update patients set merged_into = $2 where id = $1 or merged_into = $1"};
constexpr statement part{"patients_part", "update patients set merged_into = null where id = $1"};
constexpr statement settle_conflict{"patients_settle", R"sql(
update patients p set identity_conflict = false from patients k
where k.id = $1 and p.facility = k.facility and p.issuer = k.issuer and p.patient_id = k.patient_id
  and p.identity_conflict and 1 = (select count(*) from patients o where o.facility = k.facility
    and o.issuer = k.issuer and o.patient_id = k.patient_id and o.merged_into is null))sql"};
constexpr statement note_change{"patients_note", R"sql(
insert into patient_changes (kind, facility, from_patient, into_patient, account, who, reason, studies)
values ($1, $2, nullif($3, 0), $4, nullif($5, 0), $6, $7, $8::bigint[]))sql"};

struct locked_patient {
  int64_t facility = 0;
  bool is_merged = false;
  patient_row row;
  int64_t had_studies = 0; ///< 1: one was to be seen before the change
};
using locked_patients = std::map<int64_t, locked_patient>;

locked_patients lock(query& run, const std::vector<int64_t>& ids) {
  locked_patients result;
  for (const auto& row : run(lock_patients, array_of(ids))) {
    auto& one = result[row[0].as<int64_t>()];
    one.facility = row[1].as<int64_t>();
    one.is_merged = row[2].as<bool>();
    one.row = {row[0].as<int64_t>(),     row[3].as<std::string>(), row[4].as<std::string>(),
               row[5].as<std::string>(), row[6].as<std::string>(), row[7].as<std::string>()};
  }
  for (auto& [id, one] : result) one.had_studies = has_studies(run, id);
  return result;
}

/// Brings the number of patients of whom something is to be seen up to date.
void count(query& run, const locked_patients& patients) {
  for (const auto& [id, one] : patients) {
    if (const auto change = has_studies(run, id) - one.had_studies; change != 0)
      add_to_totals(run, one.facility, {change, 0, 0, 0, 0});
  }
}

[[noreturn]] void throw_not_found(int64_t patient) {
  throw database_error(errc::not_found, "there is no patient " + std::to_string(patient));
}

const locked_patient& visible(const locked_patients& patients, const principal& who, int64_t id) {
  const auto found = patients.find(id);
  if (found == patients.end() || !who.sees_facility(found->second.facility)) throw_not_found(id);
  return found->second;
}

std::string checked_reason(const principal& who, const std::string& reason) {
  require(who, permission::study_edit);
  auto result = storable(reason, reason_length);
  if (result.empty()) throw database_error(errc::invalid_argument, "reason is missing: why is this done?");
  return result;
}

/// What a merge or a split has done, for the history and the audit log.
struct patient_change {
  const principal& who;
  std::string kind;
  int64_t from = 0;
  const locked_patient& into;
  std::string reason;
  std::vector<int64_t> studies;
};

void record(query& run, const patient_change& change) {
  const auto& into = change.into;
  const auto studies = array_of(change.studies);
  run(note_change, change.kind, into.facility, change.from, into.row.id, change.who.id, storable(change.who.name, 256),
      change.reason, studies);
  record_change(run,
                {change.who, "patient." + change.kind, "ok", into.row.patient_id, into.facility, 0,
                 R"({"from":)" + std::to_string(change.from) + R"(,"into":)" + std::to_string(into.row.id) +
                     R"(,"studies":)" + std::to_string(change.studies.size()) + R"(,"reason":)" +
                     json_string(change.reason) + "}"},
                "patient.updated");
}

std::vector<int64_t> move(query& run, const std::vector<int64_t>& studies, int64_t into, int64_t all_of) {
  std::vector<int64_t> moved;
  for (const auto& row : run(move_studies, array_of(studies), into, all_of)) moved.push_back(row[0].as<int64_t>());
  return moved;
}

/// The studies of a split, locked, and whose they are.
struct split_studies {
  int64_t facility = 0;
  std::vector<int64_t> ids;
  std::vector<int64_t> patients;
};

split_studies lock_split(query& run, const split_request& request) {
  split_studies result;
  const auto rows = run.once("select s.id, s.facility, s.patient from studies s where s.id = any($1::bigint[]) and " +
                                 visible_to(request.who, "s.facility") + " order by s.uid for no key update of s",
                             {array_of(request.studies)});
  for (const auto& row : rows) {
    result.ids.push_back(row[0].as<int64_t>());
    result.patients.push_back(row[2].as<int64_t>());
    if (result.facility != 0 && result.facility != row[1].as<int64_t>())
      throw database_error(errc::state_conflict, "the studies belong to several facilities");
    result.facility = row[1].as<int64_t>();
  }
  for (const auto id : request.studies) {
    if (std::find(result.ids.begin(), result.ids.end(), id) == result.ids.end())
      throw database_error(errc::not_found, "there is no study " + std::to_string(id));
  }
  return result;
}

/// Returns the id of the patient that a split names, made where there is none.
int64_t find_or_create(query& run, int64_t facility, const patient_row& wanted) {
  if (wanted.id != 0) return wanted.id;
  const auto id = storable(wanted.patient_id, 256);
  if (id.empty()) throw database_error(errc::invalid_argument, "the patient has neither id nor patient_id");
  const auto issuer = storable(wanted.issuer, 256);
  const auto name = storable(wanted.name, 1024);
  const auto birth_date = storable_date(wanted.birth_date);
  const std::string sex = wanted.sex == "M" || wanted.sex == "F" || wanted.sex == "O" ? wanted.sex : "";
  const auto known = run(index_sql::find_patient, facility, issuer, id, name, birth_date, sex);
  if (!known.empty()) return known[0][1].as<int64_t>();
  const auto made = run(index_sql::create_patient, facility, issuer, id, name, birth_date, sex);
  if (made.empty()) throw lost_race{};
  if (made[0][1].as<int32_t>() > 0) run(index_sql::flag_patients, facility, issuer, id);
  return made[0][0].as<int64_t>();
}

} // namespace

patient_row patient_changes_repository::merge(const merge_request& request) {
  const auto reason = checked_reason(request.who, request.reason);
  if (request.from == request.into) throw database_error(errc::invalid_argument, "from and into are one patient");
  return transact(db_, [&](query& run) {
    run(lock_studies_of, request.from);
    const auto patients = lock(run, {request.from, request.into});
    const auto& from = visible(patients, request.who, request.from);
    const auto& into = visible(patients, request.who, request.into);
    if (from.facility != into.facility)
      throw database_error(errc::state_conflict, "the patients belong to two facilities");
    if (from.is_merged || into.is_merged)
      throw database_error(errc::state_conflict, "patient " + std::to_string((from.is_merged ? from : into).row.id) +
                                                     " was merged into another already");
    auto moved = move(run, {}, request.into, request.from);
    run(note_merge, request.from, request.into);
    run(settle_conflict, request.into);
    count(run, patients);
    record(run, {request.who, "merge", request.from, into, reason, std::move(moved)});
    return into.row;
  });
}

patient_row patient_changes_repository::split(const split_request& request) {
  const auto reason = checked_reason(request.who, request.reason);
  if (request.studies.empty() || request.studies.size() > most_studies)
    throw database_error(errc::invalid_argument, "studies: 1 to 1,000 of them are moved at once");
  return transact(db_, [&](query& run) {
    auto studies = lock_split(run, request);
    const auto target = find_or_create(run, studies.facility, request.into);
    const auto from = studies.patients.front();
    studies.patients.push_back(target);
    const auto patients = lock(run, studies.patients);
    const auto& into = visible(patients, request.who, target);
    if (into.facility != studies.facility)
      throw database_error(errc::state_conflict, "the patient belongs to another facility than the studies");
    auto moved = move(run, studies.ids, target, 0);
    run(part, target);
    count(run, patients);
    record(run, {request.who, "split", from, into, reason, std::move(moved)});
    return into.row;
  });
}

} // namespace noctis::schema
