#include "schema/repositories/analyses/alerts.hpp"

#include "schema/conditions.hpp"
#include "schema/repositories/analyses/alert_rules.hpp"
#include "schema/repositories/analyses/rows.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr int32_t most_on_a_page = 200;
constexpr size_t longest_note = 1024;

const std::string select_alerts = "select " NOCTIS_ALERT_COLUMNS ", a.facility from " NOCTIS_ALERT_TABLES " where ";

// By itself: a row that was waited for is joined to what it was before.
constexpr statement lock_alert{"alerts_lock", "select from alerts where id = $1 for no key update"};

constexpr statement set_acknowledged{"alerts_acknowledge", R"sql(
update alerts set acknowledged_at = now(), acknowledged_by = $2, note = $3 where id = $1)sql"};

constexpr statement set_escalated{"alerts_escalate", R"sql(
update alerts set escalated_at = now() where id = $1 and acknowledged_at is null and escalated_at is null)sql"};

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

[[noreturn]] void throw_no_alert(int64_t id) {
  throw database_error(errc::not_found, "there is no alert " + std::to_string(id));
}

void check(const alert_filter& filter) {
  require(filter.who, permission::study_view);
  if (filter.page < 1) refuse("page begins with 1");
  if (filter.page_size < 1 || filter.page_size > most_on_a_page) refuse("page_size is 1 to 200");
  if (!filter.state.empty() && filter.state != "open" && filter.state != "acknowledged")
    refuse("state \"" + storable(filter.state, 64) + "\" is neither open nor acknowledged");
}

struct found_alert {
  alert what;
  analysed_study study;
};

caf::optional<found_alert> look_up(query& run, const principal& who, int64_t id) {
  const auto rows = run.once(select_alerts + visible_to(who, "a.facility") + " and a.id = $1", {std::to_string(id)});
  if (rows.empty()) return caf::none;
  found_alert result{alert_from(rows[0]), {}};
  result.study = {result.what.study, rows[0][16].as<int64_t>(), result.what.study_uid};
  return result;
}

/// Throws `not_found` where `who` sees no such alert.
found_alert find(query& run, const principal& who, int64_t id) {
  auto found = look_up(run, who, id);
  if (!found) throw_no_alert(id);
  return std::move(*found);
}

std::string detail_of(const found_alert& found) {
  return R"({"alert":)" + std::to_string(found.what.id) + R"(,"study":)" + json_string(found.study.uid) + "}";
}

} // namespace

alert_page alerts_repository::list(const alert_filter& filter) {
  check(filter);
  parameter_list parameters;
  conditions where{parameters};
  where.add(visible_to(filter.who, "a.facility"));
  if (filter.state == "open") where.add("a.acknowledged_at is null");
  if (filter.state == "acknowledged") where.add("a.acknowledged_at is not null");
  if (filter.study != 0) where.add("a.study = ", std::to_string(filter.study), "::bigint");
  const auto skipped = (int64_t{filter.page} - 1) * filter.page_size;
  return read(db_, [&](query& run) {
    alert_page page;
    page.count = run.once("select count(*) from alerts a join studies s on s.id = a.study where " + where.sql(),
                          parameters.values())[0][0]
                     .as<int64_t>();
    for (const auto& row :
         run.once(select_alerts + where.sql() + " order by (a.acknowledged_at is not null), a.id desc limit " +
                      std::to_string(filter.page_size) + " offset " + std::to_string(skipped),
                  parameters.values()))
      page.alerts.push_back(alert_from(row));
    return page;
  });
}

alert alerts_repository::acknowledge(const alert_acknowledgement& request) {
  const auto& who = request.who;
  require(who, permission::annotation_write);
  if (who.kind != principal_kind::user || who.id <= 0)
    throw database_error(errc::permission_denied, "\"" + who.name + "\" is not a user, who alone acknowledges alerts");
  if (storable(request.note, longest_note) != request.note) refuse("note has at most 1024 characters");
  return transact(db_, [&](query& run) {
    run(lock_alert, request.id);
    const auto found = find(run, who, request.id);
    if (found.what.state != "open")
      throw database_error(errc::state_conflict, "alert " + std::to_string(request.id) +
                                                     " is acknowledged already, by " + found.what.acknowledged_by);
    run(set_acknowledged, request.id, who.id, request.note);
    record_change(run,
                  {who, "alert.acknowledge", "ok", std::to_string(request.id), found.study.facility, found.study.id,
                   detail_of(found)},
                  "");
    tell_alert(run, "alert.acknowledged", found.study, request.id, found.what.level, found.what.reason);
    return find(run, who, request.id).what;
  });
}

bool alerts_repository::escalate(const alert_escalation& request) {
  require(request.who, permission::system_manage);
  return transact(db_, [&](query& run) {
    run(lock_alert, request.id);
    const auto found = look_up(run, request.who, request.id);
    if (!found || found->what.state != "open") return false;
    if (found->what.escalated_at != 0) return true;
    run(set_escalated, request.id);
    record_change(run,
                  {request.who, "alert.escalate", "ok", std::to_string(request.id), found->study.facility,
                   found->study.id, detail_of(*found)},
                  "");
    tell_alert(run, "alert.escalated", found->study, request.id, "critical", found->what.reason);
    return true;
  });
}

} // namespace noctis::schema
