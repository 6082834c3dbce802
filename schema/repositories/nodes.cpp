#include "schema/repositories/nodes.hpp"

#include "schema/array_literal.hpp"
#include "schema/rows.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <cctype>

namespace noctis::schema {

namespace {

// clock_timestamp(), since now() is when the transaction began, which may have waited for a lock.
constexpr statement join_nodes{"nodes_join", R"sql(
insert into nodes as n (name, incarnation, roles, host, port, version, started_at, renewed_at)
values ($1, $2, $3::text[], $4, $5, $6, clock_timestamp(), clock_timestamp())
on conflict (name) do update set incarnation = excluded.incarnation, roles = excluded.roles, host = excluded.host,
  port = excluded.port, version = excluded.version, draining = false, left_at = null,
  started_at = case when n.incarnation = excluded.incarnation then n.started_at else clock_timestamp() end,
  renewed_at = clock_timestamp()
where n.incarnation = excluded.incarnation or n.left_at is not null
  or n.renewed_at < clock_timestamp() - make_interval(secs => $7)
returning name)sql"};
constexpr statement renew_lease{"nodes_renew", "update nodes set renewed_at = clock_timestamp() "
                                               "where name = $1 and incarnation = $2 and left_at is null "
                                               "returning name"};
constexpr statement drain_node{"nodes_drain", "update nodes set draining = true, renewed_at = clock_timestamp() "
                                              "where name = $1 and incarnation = $2 and left_at is null "
                                              "returning name"};
constexpr statement leave_nodes{"nodes_leave", "update nodes set left_at = clock_timestamp() "
                                               "where name = $1 and incarnation = $2 and left_at is null"};
constexpr statement list_nodes{"nodes_list", R"sql(
select name, roles, host, port, version,
  case when left_at is not null or renewed_at < clock_timestamp() - make_interval(secs => $1) then 'down'
       when draining then 'draining' else 'up' end,
  (extract(epoch from started_at) * 1000)::bigint, (extract(epoch from renewed_at) * 1000)::bigint
from nodes order by name)sql"};

double seconds(std::chrono::milliseconds time) { return std::chrono::duration<double>(time).count(); }

void check(const node_row& node, const std::string& incarnation) {
  const bool is_name = !node.name.empty() && node.name.size() <= 64 &&
                       std::all_of(node.name.begin(), node.name.end(), [](unsigned char c) {
                         return c < 0x80 && (std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-');
                       });
  if (!is_name)
    throw database_error(errc::invalid_argument, "a node's name has 1 to 64 letters, digits and characters of ._-");
  if (incarnation.empty() || incarnation.size() > 64)
    throw database_error(errc::invalid_argument, "an incarnation has 1 to 64 characters");
  if (node.port < 0 || node.port > 65535)
    throw database_error(errc::invalid_argument, "the port of a node is 0 to 65535");
}

void check_holder(const pqxx::result& rows, const std::string& name) {
  if (rows.empty())
    throw database_error(errc::state_conflict, "this process does not hold the lease of the node \"" + name + "\"");
}

} // namespace

void nodes_repository::join(const node_row& node, const std::string& incarnation) {
  check(node, incarnation);
  const auto rows = transact(db_, [&](query& run) {
    return run(join_nodes, node.name, incarnation, array_of(node.roles), storable(node.host, 255), node.port,
               storable(node.version, 64), seconds(lease_));
  });
  if (rows.empty())
    throw database_error(errc::state_conflict, "another process runs as the node \"" + node.name + "\"");
}

void nodes_repository::renew(const std::string& name, const std::string& incarnation) {
  check_holder(transact(db_, [&](query& run) { return run(renew_lease, name, incarnation); }), name);
}

void nodes_repository::drain(const std::string& name, const std::string& incarnation) {
  check_holder(transact(db_, [&](query& run) { return run(drain_node, name, incarnation); }), name);
}

void nodes_repository::leave(const std::string& name, const std::string& incarnation) {
  transact(db_, [&](query& run) { run(leave_nodes, name, incarnation); });
}

std::vector<node_row> nodes_repository::list() {
  std::vector<node_row> result;
  for (const auto& row : read(db_, [&](query& run) { return run(list_nodes, seconds(lease_)); })) {
    node_row node;
    node.name = row[0].as<std::string>();
    node.roles = array_from(row[1]);
    node.host = row[2].as<std::string>();
    node.port = row[3].as<int32_t>();
    node.version = row[4].as<std::string>();
    node.state = row[5].as<std::string>();
    node.started_at = row[6].as<int64_t>();
    node.renewed_at = row[7].as<int64_t>();
    result.push_back(std::move(node));
  }
  return result;
}

} // namespace noctis::schema
