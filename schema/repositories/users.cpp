#include "schema/repositories/users.hpp"

#include "schema/array_literal.hpp"
#include "schema/repositories/user_rows.hpp"
#include "schema/scope.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <cctype>

namespace noctis::schema {

namespace {

constexpr statement add_user{"users_add", "insert into users (username, full_name, role, password_hash) "
                                          "values ($1, $2, $3, $4) on conflict (username) do nothing returning id"};
constexpr statement clear_facilities{"users_clear_facilities", "delete from user_facilities where account = $1"};
constexpr statement add_facilities{"users_add_facilities", R"sql(
insert into user_facilities (account, facility, position)
select $1, f.id, min(e.n) from unnest($2::bigint[]) with ordinality as e (id, n) join facilities f on f.id = e.id
group by f.id returning facility)sql"};
constexpr statement set_hash{"users_set_hash", "update users set password_hash = $2, password_changed_at = now() "
                                               "where username = $1 returning id"};
constexpr statement set_activity{"users_set_active", "update users set active = $2 where username = $1 returning id"};
constexpr statement end_sessions{"users_end_sessions", "update sessions set ended_at = now(), end_reason = 'disabled' "
                                                       "where account = $1 and ended_at is null"};
constexpr statement find_id{"users_find_id", "select id from users where username = $1 for no key update"};
constexpr statement find_user{"users_find", "select " NOCTIS_USER_COLUMNS " from users u where u.username = $1"};
constexpr statement list_users{"users_list", "select " NOCTIS_USER_COLUMNS " from users u order by u.username"};
constexpr statement count_users{"users_count", "select count(*) from users"};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Returns the name as the table has it, "" where no user can have it.
std::string username_of(const std::string& text) {
  const auto name = lower(text);
  const bool allowed = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isdigit(c) != 0 || (c >= 'a' && c <= 'z') ||
           std::string("._@+-").find(static_cast<char>(c)) != std::string::npos;
  });
  return allowed && name.size() <= 150 ? name : std::string{};
}

stored_user user_from(const pqxx::row& row) { return {profile_from(row), row[5].as<std::string>(), row[4].as<bool>()}; }

int64_t only_id(const pqxx::result& rows, const std::string& username) {
  if (rows.empty()) throw database_error(errc::not_found, "there is no user \"" + storable(username, 150) + "\"");
  return rows[0][0].as<int64_t>();
}

void put_facilities(query& run, int64_t user, std::vector<int64_t> facilities) {
  run(clear_facilities, user);
  const auto added = run(add_facilities, user, array_of(facilities));
  std::sort(facilities.begin(), facilities.end());
  const auto distinct = std::unique(facilities.begin(), facilities.end()) - facilities.begin();
  if (added.size() != static_cast<size_t>(distinct))
    throw database_error(errc::invalid_argument, "one of the user's facilities does not exist");
}

void check_hash(const std::string& hash) {
  if (hash.empty() || hash.size() > 512)
    throw database_error(errc::invalid_argument, "a password hash has 1 to 512 characters");
}

} // namespace

user_profile profile_from(const pqxx::row& row) {
  user_profile profile;
  profile.id = row[0].as<int64_t>();
  profile.username = row[1].as<std::string>();
  profile.full_name = row[2].as<std::string>();
  profile.role = row[3].as<std::string>();
  profile.permissions = permissions_of_role(profile.role);
  const auto ids = array_from(row[6]);
  const auto names = array_from(row[7]);
  for (size_t i = 0; i < ids.size() && i < names.size(); ++i)
    profile.facilities.push_back({std::stoll(ids[i]), names[i]});
  return profile;
}

int64_t users_repository::add(const new_user& user) {
  const auto name = username_of(user.username);
  if (name.empty())
    throw database_error(errc::invalid_argument, "a user name has 1 to 150 letters, digits and characters of ._@+-");
  if (permissions_of_role(user.role) == 0)
    throw database_error(errc::invalid_argument, "there is no role \"" + storable(user.role, 64) + "\"");
  check_hash(user.password_hash);
  return transact(db_, [&](query& run) {
    const auto rows = run(add_user, name, storable(user.full_name, 256), user.role, user.password_hash);
    if (rows.empty()) throw database_error(errc::state_conflict, "there is a user \"" + name + "\" already");
    const auto id = rows[0][0].as<int64_t>();
    put_facilities(run, id, user.facilities);
    return id;
  });
}

void users_repository::set_password_hash(const std::string& username, const std::string& hash) {
  check_hash(hash);
  transact(db_, [&](query& run) { run(end_sessions, only_id(run(set_hash, username_of(username), hash), username)); });
}

void users_repository::set_active(const std::string& username, bool active) {
  transact(db_, [&](query& run) {
    const auto id = only_id(run(set_activity, username_of(username), active), username);
    if (!active) run(end_sessions, id);
  });
}

void users_repository::set_facilities(const std::string& username, const std::vector<int64_t>& facilities) {
  transact(db_, [&](query& run) {
    put_facilities(run, only_id(run(find_id, username_of(username)), username), facilities);
  });
}

std::optional<stored_user> users_repository::find(const std::string& username) {
  const auto rows = read(db_, [&](query& run) { return run(find_user, username_of(username)); });
  if (rows.empty()) return std::nullopt;
  return user_from(rows[0]);
}

std::vector<stored_user> users_repository::list() {
  std::vector<stored_user> result;
  for (const auto& row : read(db_, [](query& run) { return run(list_users); })) result.push_back(user_from(row));
  return result;
}

people_list users_repository::colleagues(const people_request& request) {
  std::vector<std::string> roles;
  for (const auto& role : role_names()) {
    if ((permissions_of_role(role) & request.permissions) == request.permissions) roles.push_back(role);
  }
  const auto shares = "exists (select from user_facilities m where m.account = u.id and " +
                      visible_to(request.who, "m.facility") + " and $2::bigint in (0, m.facility))";
  const std::string all = request.facility == 0 && request.who.sees_all_facilities() ? "true" : "u.role = 'admin'";
  const auto rows = read(db_, [&](query& run) {
    return run.once(
        "select u.id, u.username, u.full_name from users u where u.active and u.role = any($1::text[]) and (" + all +
            " or " + shares + ") order by coalesce(nullif(u.full_name, ''), u.username), u.id limit 1000",
        {array_of(roles), std::to_string(request.facility)});
  });
  people_list result;
  for (const auto& row : rows)
    result.users.push_back({row[0].as<int64_t>(), row[1].as<std::string>(), row[2].as<std::string>()});
  return result;
}

int64_t users_repository::count() {
  return read(db_, [](query& run) { return run(count_users)[0][0].as<int64_t>(); });
}

} // namespace noctis::schema
