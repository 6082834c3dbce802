#include "schema/repositories/facilities.hpp"

#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <array>

namespace noctis::schema {

namespace {

constexpr statement add_facility{"facilities_add", "insert into facilities (name) values ($1) on conflict do nothing "
                                                   "returning id"};
constexpr statement find_facility{"facilities_find", "select id, name from facilities where name = $1"};
constexpr statement find_letterhead{"facilities_letterhead", "select name, address, coalesce(logo, '') from facilities "
                                                             "where id = $1"};
constexpr statement set_letterhead_of{
    "facilities_set_letterhead", "update facilities set address = $2, logo = nullif($3::bytea, '') where name = $1"};
constexpr statement list_facilities{"facilities_list", "select id, name from facilities order by id"};

constexpr size_t largest_logo = size_t{256} << 10;
constexpr uint32_t longest_side = 2048; ///< pixels
constexpr size_t longest_address = 1000;

[[noreturn]] void refuse(const std::string& sentence) { throw database_error(errc::invalid_argument, sentence); }

/// Whether a file begins as a PNG of some size does (ISO/IEC 15948 5.2, 11.2.2).
bool is_logo(const std::vector<uint8_t>& file) {
  constexpr std::array<uint8_t, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  constexpr size_t size_at = 16;
  if (file.size() > largest_logo || file.size() < size_at + 8) return false;
  if (!std::equal(signature.begin(), signature.end(), file.begin())) return false;
  const auto side = [&](size_t at) {
    return uint32_t{file[at]} << 24 | uint32_t{file[at + 1]} << 16 | uint32_t{file[at + 2]} << 8 | file[at + 3];
  };
  const auto fits = [](uint32_t pixels) { return pixels > 0 && pixels <= longest_side; };
  return fits(side(size_at)) && fits(side(size_at + 4));
}

facility_row facility_from(const pqxx::row& row) { return {row[0].as<int64_t>(), row[1].as<std::string>()}; }

} // namespace

int64_t facilities_repository::add(const std::string& name) {
  if (name.empty() || storable(name, 128) != name) refuse("the name of a facility has 1 to 128 characters");
  const auto rows = transact(db_, [&](query& run) { return run(add_facility, name); });
  if (rows.empty()) throw database_error(errc::state_conflict, "there is a facility \"" + name + "\" already");
  return rows[0][0].as<int64_t>();
}

std::optional<facility_row> facilities_repository::find(const std::string& name) {
  const auto rows = read(db_, [&](query& run) { return run(find_facility, storable(name, 128)); });
  if (rows.empty()) return std::nullopt;
  return facility_from(rows[0]);
}

letterhead facilities_repository::letterhead_of(const letterhead_request& request) {
  const auto rows = read(db_, [&](query& run) { return run(find_letterhead, request.facility); });
  if (rows.empty() || !request.who.sees_facility(request.facility))
    throw database_error(errc::not_found, "there is no facility " + std::to_string(request.facility));
  const pqxx::binarystring logo{rows[0][2]};
  return {rows[0][0].as<std::string>(), rows[0][1].as<std::string>(), {logo.begin(), logo.end()}};
}

void facilities_repository::set_letterhead(const letterhead& what) {
  if (storable(what.address, longest_address) != what.address) refuse("address has at most 1,000 characters");
  if (!what.logo.empty() && !is_logo(what.logo))
    refuse("logo is a PNG of at most 256 KiB and 2,048 pixels to each side");
  const pqxx::binarystring logo{what.logo.data(), what.logo.size()};
  const auto changed = transact(db_, [&](query& run) {
    return run(set_letterhead_of, storable(what.institution, 128), what.address, logo).affected_rows();
  });
  if (changed == 0) throw database_error(errc::not_found, "there is no facility \"" + what.institution + "\"");
}

std::vector<facility_row> facilities_repository::list() {
  std::vector<facility_row> result;
  for (const auto& row : read(db_, [](query& run) { return run(list_facilities); }))
    result.push_back(facility_from(row));
  return result;
}

} // namespace noctis::schema
