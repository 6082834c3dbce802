#include "schema/repositories/preferences.hpp"

#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>

namespace noctis::schema {

namespace {

constexpr size_t longest_name = 64;
constexpr size_t longest_value = size_t{64} << 10u;
constexpr int64_t most_documents = 200;

#define NOCTIS_PREFERENCE_COLUMNS "name, value::text, version, (extract(epoch from updated_at) * 1000)::bigint"

constexpr statement list_all{"preferences_list", "select " NOCTIS_PREFERENCE_COLUMNS
                                                 " from preferences where account = $1 and $2 in ('', name) "
                                                 "order by name"};
constexpr statement lock_account{"preferences_lock", "select from users where id = $1 for no key update"};
constexpr statement count_all{"preferences_count", "select count(*) from preferences where account = $1"};
constexpr statement add_one{"preferences_add",
                            "insert into preferences (account, name, value) values ($1, $2, $3::json) "
                            "returning " NOCTIS_PREFERENCE_COLUMNS};
constexpr statement change_one{"preferences_change",
                               "update preferences set value = $3::json, version = version + 1, updated_at = now() "
                               "where account = $1 and name = $2 returning " NOCTIS_PREFERENCE_COLUMNS};
constexpr statement remove_one{"preferences_remove",
                               "delete from preferences where account = $1 and name = $2 returning name"};

preference preference_from(const pqxx::row& row) {
  return {row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<int64_t>(), row[3].as<int64_t>()};
}

bool is_name(const std::string& name) {
  return !name.empty() && name.size() <= longest_name && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

int64_t account_of(const principal& who) {
  if (who.kind != principal_kind::user) throw database_error(errc::permission_denied, "only users have preferences");
  return who.id;
}

[[noreturn]] void throw_not_found(const std::string& name) {
  throw database_error(errc::not_found, "there is no preference \"" + storable(name, longest_name) + "\"");
}

} // namespace

preference_list preferences_repository::list(const preferences_request& request) {
  const auto account = account_of(request.who);
  if (!request.name.empty() && !is_name(request.name)) throw_not_found(request.name);
  preference_list result;
  for (const auto& row : read(db_, [&](query& run) { return run(list_all, account, request.name); }))
    result.entries.push_back(preference_from(row));
  if (!request.name.empty() && result.entries.empty()) throw_not_found(request.name);
  return result;
}

preference_outcome preferences_repository::put(const preference_put& request) {
  const auto account = account_of(request.who);
  if (!is_name(request.name))
    throw database_error(errc::invalid_argument, "the name of a preference is 1 to 64 of a-z, 0-9 and \"-\"");
  if (request.value.size() > longest_value)
    throw database_error(errc::invalid_argument, "a preference has at most 65,536 bytes");
  return transact(db_, [&](query& run) -> preference_outcome {
    run(lock_account, account);
    const auto known = run(list_all, account, request.name);
    const auto version = known.empty() ? 0 : known[0][2].as<int64_t>();
    if (version != request.version) {
      if (known.empty()) throw_not_found(request.name);
      return {false, preference_from(known[0])};
    }
    if (known.empty() && run(count_all, account)[0][0].as<int64_t>() >= most_documents)
      throw database_error(errc::invalid_argument, "a user has at most 200 preferences: remove one first");
    return {true, preference_from(run(known.empty() ? add_one : change_one, account, request.name, request.value)[0])};
  });
}

void preferences_repository::remove(const preference_removal& request) {
  const auto account = account_of(request.who);
  if (transact(db_, [&](query& run) { return run(remove_one, account, request.name).empty(); }))
    throw_not_found(request.name);
}

} // namespace noctis::schema
