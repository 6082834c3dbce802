#include "schema/repositories/routing.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/changes.hpp"
#include "schema/repositories/find/match_keys.hpp"
#include "schema/repositories/study_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <array>

namespace noctis::schema {

namespace {

constexpr std::array<const char*, 4> all_priorities{"elective", "routine", "urgent", "stat"};
constexpr size_t most_modalities = 32;

constexpr statement destination_has_host{"routing_destination",
                                         "select from ae_titles where title = $1 and host <> '' and port > 0"};
constexpr statement add_rule{"routing_add", R"sql(
insert into routing_rules (name, active, destination, facility, calling_aet, modalities, attributes, deidentify,
                           priority)
values ($1, $2, $3, nullif($4::bigint, 0), $5, $6::text[], $7::jsonb, $8, $9::study_priority)
on conflict (name) do nothing returning id)sql"};
constexpr statement change_rule{"routing_change", R"sql(
update routing_rules r set name = $1, active = $2, destination = $3, facility = nullif($4::bigint, 0),
  calling_aet = $5, modalities = $6::text[], attributes = $7::jsonb, deidentify = $8, priority = $9::study_priority,
  updated_at = now()
where id = $10 and not exists (select from routing_rules o where o.name = $1 and o.id <> r.id) returning id)sql"};
constexpr statement remove_rule{"routing_remove", "delete from routing_rules where id = $1"};
constexpr statement note_delivered{"routing_delivered", "update deliveries set delivered_at = now() where rule = $1 "
                                                        "and instance = any($2::bigint[]) and delivered_at is null"};

const std::string select_rules = "select id, name, active, destination, coalesce(facility, 0), calling_aet, "
                                 "modalities, attributes, deidentify, priority from routing_rules where ";

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

routing_rule rule_from(const pqxx::row& row) {
  routing_rule rule;
  rule.id = row[0].as<int64_t>();
  rule.name = row[1].as<std::string>();
  rule.active = row[2].as<bool>();
  rule.destination = row[3].as<std::string>();
  rule.facility = row[4].as<int64_t>();
  rule.calling_aet = row[5].as<std::string>();
  rule.modalities = array_from(row[6]);
  rule.attributes = match_keys_from(row[7].as<std::string>());
  rule.deidentify = row[8].as<std::string>();
  rule.priority = row[9].as<std::string>();
  return rule;
}

std::vector<routing_rule> rules_from(const pqxx::result& rows) {
  std::vector<routing_rule> result;
  for (const auto& row : rows) result.push_back(rule_from(row));
  return result;
}

void check_text(const std::string& value, size_t most, const char* field) {
  if (storable(value, most) != value)
    refuse(std::string{field} + " has at most " + std::to_string(most) + " characters");
}

void check(query& run, const routing_rule& rule) {
  if (rule.name.empty()) refuse("name is missing");
  check_text(rule.name, 128, "name");
  check_text(rule.calling_aet, 64, "calling_aet");
  check_text(rule.deidentify, 64, "deidentify");
  if (rule.modalities.size() > most_modalities) refuse("modalities are at most 32");
  for (const auto& modality : rule.modalities) check_text(modality, 64, "a modality");
  check_match_keys(rule.attributes);
  if (std::find(all_priorities.begin(), all_priorities.end(), rule.priority) == all_priorities.end())
    refuse("priority \"" + storable(rule.priority, 64) + "\" is none of those that there are");
  if (run(destination_has_host, storable(rule.destination, 64)).empty())
    refuse("destination \"" + storable(rule.destination, 64) + "\" is not a registered application entity with a host");
}

/// Who makes a rule for a facility sees it; a rule for all is made by who sees all.
void check_facility(const principal& who, int64_t facility) {
  const bool may = facility == 0 ? who.sees_all_facilities() : who.sees_facility(facility);
  if (!may) throw database_error(errc::permission_denied, "\"" + who.name + "\" makes no rules for that facility");
}

void find_rule(query& run, const principal& who, int64_t id) {
  const auto rows =
      run.once("select from routing_rules where " + visible_to(who, "facility") + " and id = $1 for update",
               {std::to_string(id)});
  if (rows.empty()) throw database_error(errc::not_found, "there is no routing rule " + std::to_string(id));
}

void record(query& run, const principal& who, const routing_rule& rule, const char* action) {
  record_change(run,
                {who, action, "ok", rule.name, rule.facility, 0,
                 R"({"rule":)" + std::to_string(rule.id) + R"(,"destination":)" + json_string(rule.destination) + "}"},
                "");
}

} // namespace

std::vector<routing_rule> routing_repository::list(const principal& who) {
  const auto sql = select_rules + visible_to(who, "facility") + " order by name";
  return rules_from(read(db_, [&](query& run) { return run.once(sql); }));
}

routing_rule routing_repository::put(const routing_rule_put& request) {
  const auto& who = request.who;
  require(who, permission::node_manage);
  auto rule = request.rule;
  check_facility(who, rule.facility);
  return transact(db_, [&](query& run) {
    check(run, rule);
    const auto modalities = array_of(rule.modalities);
    const auto attributes = json_of(rule.attributes);
    pqxx::result rows;
    if (rule.id == 0) {
      rows = run(add_rule, rule.name, rule.active, rule.destination, rule.facility, rule.calling_aet, modalities,
                 attributes, rule.deidentify, rule.priority);
    } else {
      find_rule(run, who, rule.id);
      rows = run(change_rule, rule.name, rule.active, rule.destination, rule.facility, rule.calling_aet, modalities,
                 attributes, rule.deidentify, rule.priority, rule.id);
    }
    if (rows.empty())
      throw database_error(errc::state_conflict, "there is a routing rule \"" + rule.name + "\" already");
    record(run, who, rule, rule.id == 0 ? "routing.create" : "routing.change");
    rule.id = rows[0][0].as<int64_t>();
    return rule;
  });
}

void routing_repository::remove(const principal& who, int64_t id) {
  require(who, permission::node_manage);
  transact(db_, [&](query& run) {
    find_rule(run, who, id);
    const auto rule = rule_from(run.once(select_rules + "id = $1", {std::to_string(id)})[0]);
    run(remove_rule, id);
    record(run, who, rule, "routing.remove");
  });
}

std::vector<routing_rule> routing_repository::active() {
  return rules_from(read(db_, [&](query& run) { return run.once(select_rules + "active order by id"); }));
}

instance_list routing_repository::undelivered(const undelivered_request& request) {
  if (request.limit < 1 || request.limit > 10'000) refuse("limit is 1 to 10000");
  static const std::string sql =
      "with page as materialized (select i.id from deliveries d join instances i on i.id = d.instance "
      "where d.delivered_at is null and i.replaced_at is null and d.rule = $1::bigint "
      "and d.study = (select id from studies where uid = $2) and d.instance > $3::bigint order by i.id "
      "limit $4::bigint) select " NOCTIS_IMAGE_COLUMNS " from " NOCTIS_IMAGE_TABLES
      " where i.id in (select id from page) order by i.id, l.node, l.path";
  instance_list result;
  const auto rows = read(db_, [&](query& run) {
    return run.once(sql, {std::to_string(request.rule), storable(request.study_uid, 64), std::to_string(request.after),
                          std::to_string(request.limit)});
  });
  for (auto& found : images_from(rows)) result.images.push_back(std::move(found.image));
  return result;
}

void routing_repository::delivered(const delivery_report& report) {
  transact(db_, [&](query& run) { run(note_delivered, report.rule, array_of(report.instances)); });
}

} // namespace noctis::schema
