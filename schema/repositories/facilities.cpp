#include "schema/repositories/facilities.hpp"

#include "schema/text.hpp"
#include "schema/transact.hpp"

namespace noctis::schema {

namespace {

constexpr statement add_facility{"facilities_add", "insert into facilities (name) values ($1) on conflict do nothing "
                                                   "returning id"};
constexpr statement find_facility{"facilities_find", "select id, name from facilities where name = $1"};
constexpr statement list_facilities{"facilities_list", "select id, name from facilities order by id"};

facility_row facility_from(const pqxx::row& row) { return {row[0].as<int64_t>(), row[1].as<std::string>()}; }

} // namespace

int64_t facilities_repository::add(const std::string& name) {
  if (name.empty() || storable(name, 128) != name)
    throw database_error(errc::invalid_argument, "the name of a facility has 1 to 128 characters");
  const auto rows = transact(db_, [&](query& run) { return run(add_facility, name); });
  if (rows.empty()) throw database_error(errc::state_conflict, "there is a facility \"" + name + "\" already");
  return rows[0][0].as<int64_t>();
}

std::optional<facility_row> facilities_repository::find(const std::string& name) {
  const auto rows = read(db_, [&](query& run) { return run(find_facility, storable(name, 128)); });
  if (rows.empty()) return std::nullopt;
  return facility_from(rows[0]);
}

std::vector<facility_row> facilities_repository::list() {
  std::vector<facility_row> result;
  for (const auto& row : read(db_, [](query& run) { return run(list_facilities); }))
    result.push_back(facility_from(row));
  return result;
}

} // namespace noctis::schema
