#include "schema/repositories/peers.hpp"

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

} // namespace

int64_t peers_repository::put(const std::string& title, const std::string& host, int32_t port, int64_t facility) {
  if (!is_title(title))
    throw database_error(errc::invalid_argument, "\"" + storable(title, 64) +
                                                     "\" is not an AE title: 1 to 16 printable ASCII characters "
                                                     "without backslash");
  if (storable(host, 255) != host || port < 0 || port > 65535)
    throw database_error(errc::invalid_argument, "a host has at most 255 characters, a port is 0 to 65535");
  const auto rows = transact(db_, [&](query& run) { return run(put_peer, title, host, port, facility); });
  if (rows.empty()) throw database_error(errc::invalid_argument, "there is no facility " + std::to_string(facility));
  return rows[0][0].as<int64_t>();
}

void peers_repository::remove(const std::string& title) {
  const bool removed =
      is_title(title) && transact(db_, [&](query& run) {
        const auto rules = run(find_rule, title);
        if (!rules.empty())
          throw database_error(errc::state_conflict,
                               "the routing rule \"" + rules[0][0].as<std::string>() + "\" sends to " + title);
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
