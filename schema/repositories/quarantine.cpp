#include "schema/repositories/quarantine.hpp"

#include "schema/array_literal.hpp"
#include "schema/rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement known_file{"quarantine_known", "select id from quarantine where node = $1 and path = $2 and "
                                                   "path <> '' order by id limit 1"};
constexpr statement add_entry{"quarantine_add", R"sql(
insert into quarantine (received_at, reason, detail, sop_instance_uid, sop_class_uid, study_instance_uid,
  transfer_syntax_uid, calling_aet, called_aet, address, facility, node, path, file_offset, length, checksum)
values (to_timestamp($1::bigint / 1000.0), $2, $3, $4, $5, $6, $7, $8, $9, $10,
  (select id from facilities where id = $11), $12, $13, $14, $15, decode(nullif($16, ''), 'hex'))
returning id)sql"};
constexpr statement sum_bytes{"quarantine_bytes", "select coalesce(sum(length), 0)::bigint from quarantine "
                                                  "where node = $1 and path <> ''"};
constexpr statement find_unknown{"quarantine_unknown", R"sql(
select e.n from unnest($2::text[]) with ordinality as e (path, n)
where not exists (select from quarantine q where q.node = $1 and q.path = e.path and q.path <> '') order by e.n)sql"};

constexpr const char* select_entries = R"sql(
select id, (extract(epoch from received_at) * 1000)::bigint, reason, detail, sop_instance_uid, sop_class_uid,
  study_instance_uid, transfer_syntax_uid, calling_aet, called_aet, address, coalesce(facility, 0),
  node, path, file_offset, length, coalesce(encode(checksum, 'hex'), '')
from quarantine where )sql";

quarantine_entry entry_from(const pqxx::row& row) {
  quarantine_entry entry;
  entry.id = row[0].as<int64_t>();
  entry.received_at = row[1].as<int64_t>();
  int column = 2;
  for (auto* text :
       {&entry.reason, &entry.detail, &entry.sop_instance_uid, &entry.sop_class_uid, &entry.study_instance_uid,
        &entry.transfer_syntax_uid, &entry.calling_aet, &entry.called_aet, &entry.address})
    *text = row[column++].as<std::string>();
  entry.facility = row[column].as<int64_t>();
  entry.where = location_from(row, column + 1);
  return entry;
}

[[noreturn]] void throw_not_found(int64_t id) {
  throw database_error(errc::not_found, "there is no quarantined object " + std::to_string(id));
}

} // namespace

int64_t quarantine_repository::add(const quarantine_entry& entry) {
  const auto& where = entry.where;
  if (where.path.size() > 1024 || (!where.checksum.empty() && !is_digest(where.checksum)))
    throw database_error(errc::invalid_argument, "a path has at most 1024 bytes, a checksum 32 lower-case hex digits");
  return transact(db_, [&](query& run) {
    const auto known = run(known_file, where.node, where.path);
    if (!known.empty()) return known[0][0].as<int64_t>();
    return run(add_entry, entry.received_at, storable(entry.reason, 64), storable(entry.detail, 2048),
               storable(entry.sop_instance_uid, 256), storable(entry.sop_class_uid, 256),
               storable(entry.study_instance_uid, 256), storable(entry.transfer_syntax_uid, 256),
               storable(entry.calling_aet, 64), storable(entry.called_aet, 64), storable(entry.address, 64),
               entry.facility, storable(where.node, 64), where.path, where.offset, where.length, where.checksum)[0][0]
        .as<int64_t>();
  });
}

std::vector<quarantine_entry> quarantine_repository::list(const quarantine_filter& filter) {
  if (filter.page < 1 || filter.page_size < 1 || filter.page_size > 200)
    throw database_error(errc::invalid_argument, "page is at least 1, page_size 1 to 200");
  const auto skipped = (int64_t{filter.page} - 1) * filter.page_size;
  const auto sql = select_entries + visible_to(filter.who, "facility") + " order by id desc limit " +
                   std::to_string(filter.page_size) + " offset " + std::to_string(skipped);
  std::vector<quarantine_entry> result;
  for (const auto& row : read(db_, [&](query& run) { return run.once(sql); })) result.push_back(entry_from(row));
  return result;
}

int64_t quarantine_repository::count(const principal& who) {
  const auto sql = "select count(*) from quarantine where " + visible_to(who, "facility");
  return read(db_, [&](query& run) { return run.once(sql)[0][0].as<int64_t>(); });
}

quarantine_entry quarantine_repository::find(const principal& who, int64_t id) {
  const auto sql = select_entries + visible_to(who, "facility") + " and id = $1";
  const auto rows = read(db_, [&](query& run) { return run.once(sql, {std::to_string(id)}); });
  if (rows.empty()) throw_not_found(id);
  return entry_from(rows[0]);
}

void quarantine_repository::remove(const principal& who, int64_t id) {
  const auto sql = "delete from quarantine where " + visible_to(who, "facility") + " and id = $1 returning id";
  if (transact(db_, [&](query& run) { return run.once(sql, {std::to_string(id)}).empty(); })) throw_not_found(id);
}

int64_t quarantine_repository::bytes_of(const std::string& node) {
  return read(db_, [&](query& run) { return run(sum_bytes, storable(node, 64))[0][0].as<int64_t>(); });
}

std::vector<std::string> quarantine_repository::unknown_paths(const std::string& node,
                                                              const std::vector<std::string>& paths) {
  std::vector<std::string> result;
  array_literal storable_paths;
  for (const auto& path : paths) storable_paths.add(storable(path, 4096));
  const auto literal = storable_paths.str();
  for (const auto& row : read(db_, [&](query& run) { return run(find_unknown, storable(node, 64), literal); }))
    result.push_back(paths[row[0].as<size_t>() - 1]);
  return result;
}

} // namespace noctis::schema
