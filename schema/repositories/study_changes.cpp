#include "schema/repositories/study_changes.hpp"

#include "schema/repositories/changes.hpp"
#include "schema/repositories/study_moves.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <array>

namespace noctis::schema {

namespace {

constexpr std::array<const char*, 4> all_priorities{"elective", "routine", "urgent", "stat"};
constexpr std::array<const char*, 7> all_statuses{"scheduled", "in_progress", "completed", "reported",
                                                  "approved",  "suspended",   "cancelled"};

constexpr statement set_fields{"study_changes_set", R"sql(
update kept_studies s set status = coalesce(nullif($2, ''), status), updated_at = now(),
  priority = coalesce(nullif($3, '')::study_priority, priority),
  assigned_to = case when $4::bigint < 0 then assigned_to else nullif($4, 0) end
where id = $1)sql"};
constexpr statement find_reader{"study_changes_reader", R"sql(
select from users u where u.id = $1 and u.active
  and (u.role = 'admin' or exists (select from user_facilities m where m.account = u.id and m.facility = $2)))sql"};

const std::string select_study = "select " NOCTIS_STUDY_COLUMNS " from " NOCTIS_STUDY_TABLES " where ";

template <class Names>
void check_name(const caf::optional<std::string>& value, const Names& allowed, const char* field) {
  if (value && std::find(allowed.begin(), allowed.end(), *value) == allowed.end())
    throw database_error(errc::invalid_argument,
                         std::string{field} + " \"" + storable(*value, 64) + "\" is none of those that there are");
}

void check(const study_change& change) {
  if (change.status || change.priority) require(change.who, permission::study_edit);
  if (change.assigned_to) require(change.who, permission::study_assign);
  check_name(change.status, all_statuses, "status");
  check_name(change.priority, all_priorities, "priority");
  if (!change.status && !change.priority && !change.assigned_to)
    throw database_error(errc::invalid_argument, "nothing is changed: status, priority, assigned_to");
}

void check_status(const study_row& study, const study_change& change) {
  if (!change.status || *change.status == study.status) return;
  if (!is_study_move(study.status, *change.status))
    throw database_error(errc::state_conflict, "study " + study.attributes.uid + " is " + study.status +
                                                   ", from which it does not become " + *change.status);
}

void check_reader(query& run, const study_row& study, const study_change& change) {
  if (!change.assigned_to || *change.assigned_to == 0) return;
  if (run(find_reader, *change.assigned_to, study.facility.id).empty())
    throw database_error(errc::invalid_argument, "assigned_to: user " + std::to_string(*change.assigned_to) +
                                                     " does not read studies of " + study.facility.name);
}

std::string detail_of(const study_row& study, const study_change& change) {
  std::string detail = R"({"study":)" + json_string(study.attributes.uid);
  if (change.status)
    detail += R"(,"status":)" + json_string(*change.status) + R"(,"from":)" + json_string(study.status);
  if (change.priority) detail += R"(,"priority":)" + json_string(*change.priority);
  if (change.assigned_to) detail += R"(,"assigned_to":)" + std::to_string(*change.assigned_to);
  return detail + "}";
}

/// An event for each field that was given.
void tell(query& run, const study_row& study, const study_change& change) {
  const auto one = [&](const char* field, const std::string& value) {
    tell_study(run, "study.updated", study.facility.id, study.id, study.attributes.uid,
               std::string(R"(,"change":")") + field + R"(",")" + field + "\":" + value);
  };
  if (change.status) one("status", json_string(*change.status));
  if (change.priority) one("priority", json_string(*change.priority));
  if (change.assigned_to) one("assigned_to", std::to_string(*change.assigned_to));
}

} // namespace

study_row study_changes_repository::apply(const study_change& change) {
  check(change);
  const auto& key = change.key;
  const std::vector<std::string> named{key.id != 0 ? std::to_string(key.id) : storable(key.uid, 64)};
  return transact(db_, [&](query& run) {
    const auto rows = run.once(select_study + visible_to(change.who, "s.facility") + " and " +
                                   (key.id != 0 ? "s.id = $1::bigint" : "s.uid = $1") + " for no key update of s",
                               named);
    if (rows.empty()) throw database_error(errc::not_found, "there is no study " + named.front());
    const auto before = study_from(rows[0]);
    check_status(before, change);
    check_reader(run, before, change);
    announce_study_changes(run, change.who);
    run(set_fields, before.id, change.status ? *change.status : "", change.priority ? *change.priority : "",
        change.assigned_to ? *change.assigned_to : int64_t{-1});
    record_change(run,
                  {change.who, "study.change", "ok", before.attributes.uid, before.facility.id, before.id,
                   detail_of(before, change)},
                  "");
    tell(run, before, change);
    return study_from(run.once(select_study + "s.id = $1", {std::to_string(before.id)})[0]);
  });
}

} // namespace noctis::schema
