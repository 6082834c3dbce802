#include "schema/repositories/sessions.hpp"

#include "schema/repositories/user_rows.hpp"
#include "schema/text.hpp"
#include "schema/transact.hpp"

#include <algorithm>
#include <optional>

namespace noctis::schema {

namespace {

constexpr statement open_session{"sessions_open", R"sql(
insert into sessions (id, account, secret_hash, expires_at, address, idle_timeout)
select $1, u.id, decode($3, 'hex'), now() + make_interval(secs => $4), $5, make_interval(secs => nullif($6, 0))
from users u where u.id = $2 and u.active
returning (extract(epoch from expires_at) * 1000)::bigint)sql"};
constexpr statement lock_session{"sessions_lock", R"sql(
select s.secret_hash = decode($2, 'hex'), decode($2, 'hex') = any(s.spent_hashes)
from sessions s join users u on u.id = s.account
where s.id = $1 and s.ended_at is null and s.expires_at > now() and u.active for no key update of s)sql"};
// The last hundred secrets are remembered, so that the row of a long session stays small.
constexpr statement next_secret{"sessions_next", R"sql(
update sessions set spent_hashes = (secret_hash || spent_hashes)[1:100], secret_hash = decode($2, 'hex'),
  refreshed_at = now(), expires_at = now() + make_interval(secs => $3)
where id = $1 returning (extract(epoch from expires_at) * 1000)::bigint)sql"};
constexpr statement end_session{"sessions_end", "update sessions set ended_at = now(), end_reason = $2 "
                                                "where id = $1 and ended_at is null"};
constexpr statement find_user{"sessions_user",
                              "select " NOCTIS_USER_COLUMNS ", coalesce(s.seen_at < now() - "
                              "least(s.idle_timeout / 20, interval '30 seconds'), false) "
                              "from sessions s join users u on u.id = s.account "
                              "where s.id = $1 and s.ended_at is null and s.expires_at > now() and u.active "
                              "and (s.idle_timeout is null or s.seen_at > now() - s.idle_timeout)"};
constexpr statement note_activity{"sessions_note", "update sessions set seen_at = now() where id = $1"};
constexpr statement prune_sessions{"sessions_prune", "delete from sessions "
                                                     "where expires_at < now() - make_interval(secs => $1)"};

bool is_hex(const std::string& text, size_t shortest, size_t longest) {
  return text.size() >= shortest && text.size() <= longest && text.size() % 2 == 0 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void check_hash(const std::string& hash) {
  if (!is_hex(hash, 32, 128))
    throw database_error(errc::invalid_argument, "the hash of a secret is 32 to 128 lower-case hex digits");
}

[[noreturn]] void refuse(const char* why) { throw database_error(errc::unauthenticated, why); }

} // namespace

int64_t sessions_repository::open(const std::string& session, int64_t user, const std::string& secret_hash,
                                  std::chrono::seconds lifetime, const std::string& address,
                                  std::chrono::seconds idle_timeout) {
  check_hash(secret_hash);
  if (!is_hex(session, 32, 32))
    throw database_error(errc::invalid_argument, "a session is named by 32 lower-case hex digits");
  const auto rows = transact(db_, [&](query& run) {
    return run(open_session, session, user, secret_hash, lifetime.count(), storable(address, 64),
               static_cast<double>(idle_timeout.count()));
  });
  if (rows.empty()) refuse("the user is unknown or inactive");
  return rows[0][0].as<int64_t>();
}

sessions_repository::rotation sessions_repository::rotate(const std::string& session, const std::string& secret_hash,
                                                          const std::string& next_hash, std::chrono::seconds lifetime) {
  check_hash(secret_hash);
  check_hash(next_hash);
  if (!is_hex(session, 32, 32)) refuse("there is no such session");
  const char* refusal = nullptr;
  const auto result = transact(db_, [&](query& run) -> std::optional<rotation> {
    const auto rows = run(lock_session, session, secret_hash);
    const bool is_current = !rows.empty() && rows[0][0].as<bool>();
    if (!is_current) {
      const bool is_spent = !rows.empty() && rows[0][1].as<bool>();
      if (is_spent) run(end_session, session, "reuse");
      refusal = rows.empty() ? "the session is over"
                : is_spent   ? "the refresh token was used before"
                             : "the refresh token is wrong";
      return std::nullopt;
    }
    const auto profile = profile_from(run(find_user, session)[0]);
    return rotation{profile, run(next_secret, session, next_hash, lifetime.count())[0][0].as<int64_t>()};
  });
  if (!result) refuse(refusal);
  return *result;
}

void sessions_repository::end(const std::string& session) {
  if (is_hex(session, 32, 32)) transact(db_, [&](query& run) { run(end_session, session, "logout"); });
}

user_profile sessions_repository::user_of(const std::string& session, bool is_activity) {
  if (!is_hex(session, 32, 32)) refuse("there is no such session");
  const auto rows = read(db_, [&](query& run) { return run(find_user, session); });
  if (rows.empty()) refuse("the session is over");
  if (is_activity && rows[0].back().as<bool>()) transact(db_, [&](query& run) { run(note_activity, session); });
  return profile_from(rows[0]);
}

int64_t sessions_repository::prune(std::chrono::seconds age) {
  return transact(db_,
                  [&](query& run) { return static_cast<int64_t>(run(prune_sessions, age.count()).affected_rows()); });
}

} // namespace noctis::schema
