#include "schema/repositories/locations.hpp"

#include "schema/array_literal.hpp"
#include "schema/rows.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement page_of_node{"locations_page", R"sql(
select i.id, i.sop_uid, l.state, $1::text, l.path, l.file_offset, l.length, encode(l.checksum, 'hex')
from locations l join kept_instances i on i.id = l.instance
where l.node = (select id from terms where term = $1) and l.instance >= $2 and (l.instance, l.path) > ($2, $3)
order by l.instance, l.path limit $4)sql"};
// One partial index has the current versions of instances, another the replaced ones.
constexpr statement find_unknown{"locations_unknown", R"sql(
select e.n from unnest($2::text[], $3::text[]) with ordinality as e (path, sop_uid, n)
where not exists (select from kept_instances i join locations l on l.instance = i.id
                  where i.sop_uid = e.sop_uid and i.replaced_at is null and l.path = e.path
                    and l.node = (select id from terms where term = $1))
  and not exists (select from kept_instances i join locations l on l.instance = i.id
                  where i.sop_uid = e.sop_uid and i.replaced_at is not null and l.path = e.path
                    and l.node = (select id from terms where term = $1))
order by e.n)sql"};

location_state state_from(const std::string& name) {
  if (name == "ok") return location_state::ok;
  return name == "lost" ? location_state::lost : location_state::corrupt;
}

} // namespace

std::string sop_instance_uid_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const auto name = slash == std::string::npos ? path : path.substr(slash + 1);
  const auto uid = name.substr(0, name.find('-'));
  return is_uid(uid) && uid.size() < name.size() ? uid : std::string{};
}

std::vector<kept_copy> locations_repository::page(const std::string& node, int64_t after_instance,
                                                  const std::string& after_path, int32_t limit) {
  std::vector<kept_copy> result;
  const auto rows =
      read(db_, [&](query& run) { return run(page_of_node, storable(node, 512), after_instance, after_path, limit); });
  for (const auto& row : rows)
    result.push_back(
        {row[0].as<int64_t>(), row[1].as<std::string>(), location_from(row, 3), state_from(row[2].as<std::string>())});
  return result;
}

std::vector<std::string> locations_repository::unknown_paths(const std::string& node,
                                                             const std::vector<std::string>& paths) {
  array_literal path_literal, uid_literal;
  for (const auto& path : paths) {
    path_literal.add(storable(path, 4096));
    uid_literal.add(sop_instance_uid_of(path));
  }
  std::vector<std::string> result;
  const auto rows = read(
      db_, [&](query& run) { return run(find_unknown, storable(node, 512), path_literal.str(), uid_literal.str()); });
  for (const auto& row : rows) result.push_back(paths[row[0].as<size_t>() - 1]);
  return result;
}

} // namespace noctis::schema
