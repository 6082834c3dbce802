#include "schema/repositories/performed_steps.hpp"

#include "schema/repositories/changes.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

// (0040,0252) Performed Procedure Step Status.
constexpr statement state_in{"performed_state", "select coalesce($1::jsonb #>> '{00400252,Value,0}', '')"};
constexpr statement add_step{"performed_add", R"sql(
insert into performed_steps (uid, facility, state, sender, attributes) values ($1, $2, $3, $4, $5::jsonb)
on conflict (uid) do nothing returning id)sql"};
constexpr statement change_step{"performed_change", R"sql(
update performed_steps set attributes = attributes || $2::jsonb, updated_at = now(), state = $3 where id = $1)sql"};
// (0040,0270) Scheduled Step Attributes Sequence. A step that says nothing of a procedure moves nothing.
constexpr statement move_workitems{"performed_move_workitems", R"sql(
with referred as (
  select coalesce(item #>> '{0020000D,Value,0}', '') as study_uid,
         coalesce(item #>> '{00400009,Value,0}', '') as step_id,
         coalesce(item #>> '{00080050,Value,0}', '') as accession_number
  from performed_steps p, jsonb_path_query(p.attributes, '$."00400270".Value[*]') item where p.uid = $1),
meant as (
  select w.id from referred r join workitems w on w.study_uid = r.study_uid
  where r.study_uid <> '' and (r.step_id = '' or w.step_id = r.step_id)
  union
  select w.id from referred r join workitems w on w.accession_number = r.accession_number
  where r.accession_number <> '' and (r.step_id = '' or w.step_id = r.step_id)),
moved as (
  update workitems w set state = $3, updated_at = now() from meant m
  where w.id = m.id and w.facility = $2 and w.state in ('SCHEDULED', 'IN PROGRESS') and w.state <> $3
  returning w.uid)
insert into events (type, facility, payload)
select 'workitem.updated', $2, jsonb_build_object('workitem', uid, 'state', $3::text) from moved)sql"};

const char* workitem_state(const std::string& performed) {
  return performed == "COMPLETED" ? "COMPLETED" : performed == "DISCONTINUED" ? "CANCELED" : "IN PROGRESS";
}

void check_state(const std::string& state, bool creates) {
  if (state == "IN PROGRESS" || (!creates && (state == "COMPLETED" || state == "DISCONTINUED"))) return;
  throw database_error(errc::invalid_argument, "Performed Procedure Step Status (0040,0252) is \"" +
                                                   storable(state, 64) + "\", not IN PROGRESS" +
                                                   (creates ? "" : ", COMPLETED or DISCONTINUED"));
}

/// What is kept of a step that changes.
struct kept_step {
  int64_t id = 0;
  int64_t facility = 0;
  std::string state;
};

kept_step find_step(query& run, const principal& who, const std::string& uid) {
  const auto rows = run.once("select id, facility, state from performed_steps where uid = $1 and " +
                                 visible_to(who, "facility") + " for update",
                             {uid});
  if (rows.empty()) throw database_error(errc::not_found, "there is no performed step " + uid);
  return {rows[0][0].as<int64_t>(), rows[0][1].as<int64_t>(), rows[0][2].as<std::string>()};
}

} // namespace

void performed_steps_repository::put(const performed_step& step) {
  require(step.who, permission::study_upload);
  if (!is_uid(step.uid))
    throw database_error(errc::invalid_argument, "\"" + storable(step.uid, 70) + "\" is not a UID");
  transact(db_, [&](query& run) {
    auto state = run(state_in, step.attributes)[0][0].as<std::string>();
    kept_step kept{0, step.creates ? home_facility(step.who) : 0, ""};
    if (step.creates) {
      check_state(state, true);
      if (run(add_step, step.uid, kept.facility, state, storable(step.who.name, 256), step.attributes).empty())
        throw database_error(errc::state_conflict, "there is a performed step " + step.uid + " already");
    } else {
      kept = find_step(run, step.who, step.uid);
      if (kept.state != "IN PROGRESS")
        throw database_error(errc::state_conflict, "performed step " + step.uid + " is " + kept.state + " for good");
      if (state.empty()) state = kept.state;
      check_state(state, false);
      run(change_step, kept.id, step.attributes, state);
    }
    run(move_workitems, step.uid, kept.facility, workitem_state(state));
    record_change(run,
                  {step.who, step.creates ? "performed_step.create" : "performed_step.change", "ok", step.uid,
                   kept.facility, 0,
                   R"({"performed_step":)" + json_string(step.uid) + R"(,"state":)" + json_string(state) + "}"},
                  "");
  });
}

} // namespace noctis::schema
