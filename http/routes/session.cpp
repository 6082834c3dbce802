#include "http/context.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>
#include <cctype>
#include <ctime>

namespace noctis {

namespace {

rate_verdict count_attempt(context& c, std::string key, int64_t limit) {
  const rate_request attempt{std::move(key), limit, c.app.options.login_window.count()};
  constexpr std::chrono::milliseconds soon{500};
  const auto verdict = c.actors->try_ask<rate_verdict>(c.app.actors.cache, soon, attempt);
  return verdict ? *verdict : c.app.limiter.count(attempt);
}

void limit_attempts(context& c, const std::string& username) {
  auto name = username;
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char ch) { return std::tolower(ch); });
  // One person's mistakes, one address with many people behind it, one name attacked from many addresses: nobody
  // locks another out with few attempts.
  const auto limit = c.app.options.login_limit;
  const std::pair<std::string, int64_t> counters[] = {{"login:" + c.address + ":" + name, limit},
                                                      {"login:address:" + c.address, 3 * limit},
                                                      {"login:user:" + name, 10 * limit}};
  for (const auto& [key, most] : counters) {
    const auto verdict = count_attempt(c, key, most);
    if (verdict.allowed) continue;
    const auto wait = std::to_string(std::max<int64_t>(1, verdict.retry_after_s));
    auto what = problem_of(errc::rate_limited, "Too many attempts to log in; try again in " + wait + " s.");
    what.headers.emplace_back("Retry-After", wait);
    throw refusal(std::move(what));
  }
}

void send_tokens(context& c, const session_grant& grant, bool with_user) {
  const auto now = static_cast<int64_t>(std::time(nullptr));
  const auto lifetime = static_cast<int64_t>(c.app.options.access_lifetime.count());
  const token_claims access{token_claims::kind::access, grant.user.id, grant.session, "", now + lifetime};
  const token_claims refresh{token_claims::kind::refresh, 0, grant.session, grant.refresh_secret,
                             grant.refresh_until / 1000};
  json_text json;
  json.begin_object();
  json.field("access", c.app.tokens.sign(access, now));
  json.field("refresh", c.app.tokens.sign(refresh, now));
  json.field("token_type", "Bearer");
  json.field("expires_in", lifetime);
  if (with_user) {
    json.key("user");
    write(json, grant.user);
  }
  json.end_object();
  c.send_json(200, json.take());
}

void log_in(context& c) {
  const auto body = c.json_body();
  const auto username = field_text(body, "username");
  const auto password = field_text(body, "password");
  limit_attempts(c, username);
  try {
    send_tokens(c, c.actors->accounts<session_grant>(login_request{username, password, c.address, c.request_id}), true);
  } catch (const actor_failure& e) {
    if (code_of(e.error()) != errc::unauthenticated) throw;
    throw refusal(errc::unauthenticated, "No active account found with the given credentials");
  }
}

void refresh(context& c) {
  const auto body = c.json_body();
  const auto token = field_text(body, "refresh");
  const auto claims = c.app.tokens.verify(token, token_claims::kind::refresh, std::time(nullptr));
  const auto invalid = [] { return refusal(errc::unauthenticated, "The refresh token is invalid or expired."); };
  if (!claims) throw invalid();
  try {
    const refresh_request request{claims->session, claims->secret, c.address, c.request_id};
    send_tokens(c, c.actors->accounts<session_grant>(request), false);
  } catch (const actor_failure& e) {
    const auto code = code_of(e.error());
    if (code != errc::unauthenticated && code != errc::not_found && code != errc::permission_denied) throw;
    throw invalid();
  }
}

void log_out(context& c) {
  c.actors->accounts<void>(logout_request{c.session, c.who});
  c.response.status = 204;
}

void me(context& c) {
  json_text json;
  write(json, c.user);
  c.send_json(200, json.take());
}

} // namespace

void add_session_routes(router& routes) {
  routes.add("POST", "/api/auth/token/", access::everyone(), log_in)
      .says("Begins a session")
      .accepts("credentials")
      .answers(200, "tokens");
  routes.add("POST", "/api/auth/token/refresh/", access::everyone(), refresh)
      .says("Continues a session; the token that was given is spent")
      .accepts("refresh")
      .answers(200, "refreshed_tokens");
  routes.add("POST", "/api/auth/logout/", access::logged_in(), log_out).says("Ends the session").answers(204);
  routes.add("GET", "/api/auth/me/", access::logged_in(), me).says("Who asks").answers(200, "user");
}

} // namespace noctis
