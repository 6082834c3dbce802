#include "schema/repositories/workitems.hpp"

#include "schema/array_literal.hpp"
#include "schema/conditions.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>

namespace noctis::schema {

namespace {

#define NOCTIS_WORKITEM_COLUMNS                                                                                        \
  "w.id, w.uid, w.state, w.facility, w.attributes, (extract(epoch from w.updated_at) * 1000)::bigint, "                \
  "w.transaction_uid"

constexpr statement add_workitem{"workitems_add", R"sql(
insert into workitems as w (uid, facility, attributes) values ($1, $2, $3::jsonb)
on conflict (uid) do nothing returning )sql" NOCTIS_WORKITEM_COLUMNS};
constexpr statement change_workitem{"workitems_change", R"sql(
update workitems w set attributes = w.attributes || $2::jsonb, updated_at = now()
where id = $1 returning )sql" NOCTIS_WORKITEM_COLUMNS};
constexpr statement move_workitem{"workitems_move", R"sql(
update workitems w set state = $2, transaction_uid = $3, reason = $4, updated_at = now()
where id = $1 returning )sql" NOCTIS_WORKITEM_COLUMNS};
constexpr statement remove_workitem{"workitems_remove", "delete from workitems where id = $1"};

struct kept_workitem {
  workitem item;
  std::string transaction_uid; ///< of who claimed it
};

kept_workitem workitem_from(const pqxx::row& row) {
  return {{row[0].as<int64_t>(), row[1].as<std::string>(), row[2].as<std::string>(), row[3].as<int64_t>(),
           row[4].as<std::string>(), row[5].as<int64_t>()},
          row[6].as<std::string>()};
}

kept_workitem find_workitem(query& run, const principal& who, const std::string& uid, const char* lock) {
  const auto rows = run.once("select " NOCTIS_WORKITEM_COLUMNS " from workitems w where " +
                                 visible_to(who, "w.facility") + " and w.uid = $1" + lock,
                             {storable(uid, 64)});
  if (rows.empty()) throw database_error(errc::not_found, "there is no workitem " + storable(uid, 64));
  return workitem_from(rows[0]);
}

struct narrowing {
  std::vector<uint32_t> path;
  const char* column;
};

constexpr uint32_t step_sequence = 0x00400100;
constexpr uint32_t step_state = 0x00741000;

const std::vector<narrowing>& narrowings() {
  static const std::vector<narrowing> all{{{0x00080018}, "w.uid"},
                                          {{0x00080050}, "w.accession_number"},
                                          {{0x00100020}, "w.patient_id"},
                                          {{0x0020000D}, "w.study_uid"},
                                          {{0x00401001}, "w.procedure_id"},
                                          {{step_state}, "w.state"},
                                          {{step_sequence, 0x00080060}, "w.modality"},
                                          {{step_sequence, 0x00400001}, "w.station_aet"},
                                          {{step_sequence, 0x00400009}, "w.step_id"}};
  return all;
}

/// Whether a key can be compared as it stands: no wildcard, nothing universal, no value that padding may surround.
bool is_literal(const match_key& key) {
  return !key.values.empty() && std::all_of(key.values.begin(), key.values.end(), [](const std::string& value) {
    return !value.empty() && value.find_first_of("*?\\ ") == std::string::npos;
  });
}

/// A range of dates, or one date, narrows by its bounds.
void add_start_dates(conditions& where, const match_key& key) {
  if (key.values.size() != 1) return;
  const auto& value = key.values.front();
  const auto dash = value.find('-');
  const auto from = storable_date(value.substr(0, dash));
  const auto to = dash == std::string::npos ? from : storable_date(value.substr(dash + 1));
  if (!from.empty()) where.add("w.start_date >= ", from);
  if (!to.empty()) where.add("w.start_date <= ", to);
}

void narrow(conditions& where, const find_request& request) {
  for (const auto& key : request.keys) {
    if (key.path == std::vector<uint32_t>{step_sequence, 0x00400002}) add_start_dates(where, key);
    if (!is_literal(key)) continue;
    for (const auto& [path, column] : narrowings()) {
      if (path == key.path) where.add(std::string{column} + " = any(", array_of(key.values), "::text[])");
    }
  }
  const auto names_state = [](const match_key& key) { return key.path.size() == 1 && key.path.front() == step_state; };
  if (!request.returns_all && std::none_of(request.keys.begin(), request.keys.end(), names_state) &&
      std::find(request.returned.begin(), request.returned.end(), step_state) == request.returned.end())
    where.add("w.state in ('SCHEDULED', 'IN PROGRESS')");
}

[[noreturn]] void conflict(const std::string& sentence) { throw database_error(errc::state_conflict, sentence); }

bool has_ended(const workitem& item) { return item.state == "COMPLETED" || item.state == "CANCELED"; }

/// Throws unless whoever holds `transaction_uid` may change the workitem now.
void check_hold(const kept_workitem& kept, const std::string& transaction_uid) {
  const auto& item = kept.item;
  if (has_ended(item)) conflict("workitem " + item.uid + " is " + item.state + " for good");
  if (item.state == "IN PROGRESS" && !kept.transaction_uid.empty() && kept.transaction_uid != transaction_uid)
    conflict("workitem " + item.uid + " is claimed by another transaction");
}

/// Throws unless PS3.4 table CC.1.1-2 has the move.
void check_move(const kept_workitem& kept, const workitem_transition& request) {
  const auto& to = request.state;
  if (to != "IN PROGRESS" && to != "COMPLETED" && to != "CANCELED")
    throw database_error(errc::invalid_argument,
                         "a workitem moves to IN PROGRESS, COMPLETED or CANCELED, not to \"" + storable(to, 64) + "\"");
  if (to == "IN PROGRESS" && !is_uid(request.transaction_uid))
    throw database_error(errc::invalid_argument, "who claims a workitem names a Transaction UID");
  check_hold(kept, request.transaction_uid);
  if (to == kept.item.state) conflict("workitem " + kept.item.uid + " is " + to + " already");
  if (to == "COMPLETED" && kept.item.state == "SCHEDULED")
    conflict("workitem " + kept.item.uid + " is SCHEDULED: it is claimed before it is completed");
}

void record(query& run, const principal& who, const workitem& item, const std::string& action) {
  record_change(run,
                {who, action, "ok", item.uid, item.facility, 0,
                 R"({"workitem":)" + json_string(item.uid) + R"(,"state":)" + json_string(item.state) + "}"},
                "workitem.updated");
}

} // namespace

workitem workitems_repository::put(const workitem_put& request) {
  require(request.who, permission::study_edit);
  if (!is_uid(request.uid))
    throw database_error(errc::invalid_argument, "\"" + storable(request.uid, 70) + "\" is not a UID");
  return transact(db_, [&](query& run) {
    pqxx::result rows;
    if (request.creates) {
      rows = run(add_workitem, request.uid, home_facility(request.who), request.attributes);
      if (rows.empty()) conflict("there is a workitem " + request.uid + " already");
    } else {
      const auto kept = find_workitem(run, request.who, request.uid, " for update");
      check_hold(kept, request.transaction_uid);
      rows = run(change_workitem, kept.item.id, request.attributes);
    }
    auto result = workitem_from(rows[0]).item;
    record(run, request.who, result, request.creates ? "workitem.create" : "workitem.change");
    return result;
  });
}

workitem workitems_repository::find(const workitem_request& request) {
  return read(db_, [&](query& run) { return find_workitem(run, request.who, request.uid, "").item; });
}

std::vector<workitem> workitems_repository::candidates(const find_request& request, const workitem* after,
                                                       int32_t limit) {
  parameter_list parameters;
  conditions where{parameters};
  where.add(visible_to(request.who, "w.facility"));
  narrow(where, request);
  if (after) {
    where.add("(w.start_date, w.start_time, w.id) > (select start_date, start_time, id from workitems where id = ",
              std::to_string(after->id), "::bigint)");
  }
  const auto sql = "select " NOCTIS_WORKITEM_COLUMNS " from workitems w where " + where.sql() +
                   " order by w.start_date, w.start_time, w.id limit " + std::to_string(limit);
  std::vector<workitem> result;
  for (const auto& row : read(db_, [&](query& run) { return run.once(sql, parameters.values()); }))
    result.push_back(workitem_from(row).item);
  return result;
}

workitem workitems_repository::move(const workitem_transition& request) {
  require(request.who, permission::study_upload);
  return transact(db_, [&](query& run) {
    const auto kept = find_workitem(run, request.who, request.uid, " for update");
    check_move(kept, request);
    const auto rows = run(move_workitem, kept.item.id, request.state, storable(request.transaction_uid, 64),
                          storable(request.reason, 1024));
    auto result = workitem_from(rows[0]).item;
    record(run, request.who, result, "workitem.move");
    return result;
  });
}

void workitems_repository::remove(const workitem_removal& request) {
  require(request.who, permission::study_edit);
  transact(db_, [&](query& run) {
    const auto kept = find_workitem(run, request.who, request.uid, " for update");
    if (kept.item.state == "IN PROGRESS") conflict("workitem " + kept.item.uid + " is claimed");
    run(remove_workitem, kept.item.id);
    record(run, request.who, kept.item, "workitem.remove");
  });
}

} // namespace noctis::schema
