#include "schema/repositories/peers.hpp"

#include "schema/repositories/changes.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>

namespace noctis::schema {

namespace {

constexpr statement put_peer{"peers_put", R"sql(
insert into ae_titles (title, host, port, facility)
select $1, $2, $3, f.id from facilities f where f.id = $4
on conflict (title) do update set host = excluded.host, port = excluded.port, facility = excluded.facility
returning id)sql"};
constexpr statement remove_peer{"peers_remove", "delete from ae_titles where title = $1 returning id"};
constexpr statement find_rule{"peers_find_rule", "select name from routing_rules where destination = $1 limit 1"};
constexpr const char* select_peers = "select a.id, a.title, a.host, a.port, f.id, f.name "
                                     "from ae_titles a join facilities f on f.id = a.facility ";

bool is_title(const std::string& title) {
  return !title.empty() && title.size() <= 16 && title.front() != ' ' && title.back() != ' ' &&
         std::all_of(title.begin(), title.end(), [](char c) { return c >= ' ' && c <= '~' && c != '\\'; });
}

ae_row peer_from(const pqxx::row& row) {
  return {row[0].as<int64_t>(),
          row[1].as<std::string>(),
          row[2].as<std::string>(),
          row[3].as<int32_t>(),
          {row[4].as<int64_t>(), row[5].as<std::string>()}};
}

void check(const std::string& title, const std::string& host, int32_t port) {
  if (!is_title(title))
    throw database_error(errc::invalid_argument, "\"" + storable(title, 64) +
                                                     "\" is not an AE title: 1 to 16 printable ASCII characters "
                                                     "without backslash");
  if (storable(host, 255) != host || port < 0 || port > 65535)
    throw database_error(errc::invalid_argument, "a host has at most 255 characters, a port is 0 to 65535");
}

[[noreturn]] void throw_no_facility(int64_t facility) {
  throw database_error(errc::invalid_argument, "there is no facility " + std::to_string(facility));
}

void check_unrouted(query& run, const std::string& title) {
  const auto rules = run(find_rule, title);
  if (!rules.empty())
    throw database_error(errc::state_conflict,
                         "the routing rule \"" + rules[0][0].as<std::string>() + "\" sends to " + title);
}

void record(query& run, const principal& who, const char* action, const ae_row& entity) {
  const auto detail = R"({"ae_title":)" + json_string(entity.title) + R"(,"host":)" + json_string(entity.host) +
                      R"(,"port":)" + std::to_string(entity.port) + "}";
  record_change(run, {who, action, "ok", entity.title, entity.facility.id, 0, detail}, "");
}

} // namespace

ae_row peers_repository::put(const ae_put& request) {
  require(request.who, permission::node_manage);
  const auto& entity = request.entity;
  check(entity.title, entity.host, entity.port);
  return transact(db_, [&](query& run) {
    const auto facility =
        run.once("select id from facilities f where " + visible_to(request.who, "f.id") + " and id = $1",
                 {std::to_string(entity.facility.id)});
    if (facility.empty()) throw_no_facility(entity.facility.id);
    const auto hidden = run.once("select id from ae_titles a where a.title = $1 and not (" +
                                     visible_to(request.who, "a.facility") + ")",
                                 {entity.title});
    if (!hidden.empty()) throw database_error(errc::state_conflict, "the AE title " + entity.title + " is taken");
    run(put_peer, entity.title, entity.host, entity.port, entity.facility.id);
    auto result = peer_from(run.once(select_peers + std::string{"where a.title = $1"}, {entity.title})[0]);
    record(run, request.who, "ae.put", result);
    return result;
  });
}

void peers_repository::remove(const ae_removal& request) {
  require(request.who, permission::node_manage);
  transact(db_, [&](query& run) {
    const std::vector<std::string> id{std::to_string(request.id)};
    const auto rows =
        run.once(select_peers + ("where " + visible_to(request.who, "a.facility")) + " and a.id = $1", id);
    if (rows.empty()) throw database_error(errc::not_found, "there is no application entity " + id.front());
    check_unrouted(run, rows[0][1].as<std::string>());
    run.once("delete from ae_titles where id = $1", id);
    record(run, request.who, "ae.remove", peer_from(rows[0]));
  });
}

int64_t peers_repository::put(const std::string& title, const std::string& host, int32_t port, int64_t facility) {
  check(title, host, port);
  const auto rows = transact(db_, [&](query& run) { return run(put_peer, title, host, port, facility); });
  if (rows.empty()) throw_no_facility(facility);
  return rows[0][0].as<int64_t>();
}

void peers_repository::remove(const std::string& title) {
  const bool removed = is_title(title) && transact(db_, [&](query& run) {
                         check_unrouted(run, title);
                         return !run(remove_peer, title).empty();
                       });
  if (!removed) throw database_error(errc::not_found, "there is no application entity \"" + storable(title, 64) + "\"");
}

std::optional<ae_row> peers_repository::find(const std::string& title) {
  if (!is_title(title)) return std::nullopt;
  const auto rows =
      read(db_, [&](query& run) { return run.once(select_peers + std::string{"where a.title = $1"}, {title}); });
  if (rows.empty()) return std::nullopt;
  return peer_from(rows[0]);
}

std::vector<ae_row> peers_repository::list(const principal& who) {
  const auto sql = select_peers + ("where " + visible_to(who, "a.facility")) + " order by a.title";
  std::vector<ae_row> result;
  for (const auto& row : read(db_, [&](query& run) { return run.once(sql); })) result.push_back(peer_from(row));
  return result;
}

} // namespace noctis::schema
