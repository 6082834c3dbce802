#include "http/request/answers.hpp"
#include "http/request/attempts.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>
#include <cctype>
#include <ctime>

namespace noctis {

namespace {

void limit_attempts(context& c, const std::string& username) {
  auto name = username;
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char ch) { return std::tolower(ch); });
  // One person's mistakes, one address with many people behind it, one name attacked from many addresses: nobody
  // locks another out with few attempts.
  const auto limit = c.app.options.login_limit;
  count_attempt(c,
                {{"login:" + c.address + ":" + name, limit},
                 {"login:address:" + c.address, 3 * limit},
                 {"login:user:" + name, 10 * limit}},
                "Too many attempts to log in");
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

/// Opens a session for the credentials in the body. `idle_timeout`: see `login_request`.
session_grant open_session(context& c, int64_t idle_timeout) {
  const auto body = c.json_body();
  const auto username = field_text(body, "username");
  limit_attempts(c, username);
  try {
    return c.actors->accounts<session_grant>(
        login_request{username, field_text(body, "password"), c.address, c.request_id, idle_timeout});
  } catch (const actor_failure& e) {
    if (code_of(e.error()) != errc::unauthenticated) throw;
    throw refusal(errc::unauthenticated, "No active account found with the given credentials");
  }
}

void log_in(context& c) { send_tokens(c, open_session(c, 0), true); }

void set_cookie(context& c, const std::string& value, const std::string& more) {
  c.response.set_header("Set-Cookie", std::string(context::session_cookie) + "=" + value +
                                          "; HttpOnly; SameSite=Strict; Path=/" +
                                          (c.scheme == "https" ? "; Secure" : "") + more);
}

void send_session(context& c, const user_profile& user, const std::string& session, int64_t expires) {
  json_text json;
  json.begin_object();
  json.key("user");
  write(json, user);
  json.field("csrf_token", c.app.tokens.csrf_token(session));
  json.field("expires_in", std::max<int64_t>(0, expires - std::time(nullptr)));
  json.field("idle_timeout", int64_t{c.app.options.session_idle_timeout.count()});
  json.end_object();
  c.send_json(200, json.take());
}

void begin_session(context& c) {
  const auto grant = open_session(c, c.app.options.session_idle_timeout.count());
  const token_claims claims{token_claims::kind::browser, grant.user.id, grant.session, "", grant.refresh_until / 1000};
  set_cookie(c, c.app.tokens.sign(claims, std::time(nullptr)), "");
  send_session(c, grant.user, grant.session, claims.expires);
}

void need_browser(const context& c) {
  if (c.session_expires == 0)
    throw refusal(errc::unauthenticated, "This is no session of a browser: its cookie was not provided.");
}

void show_session(context& c) {
  need_browser(c);
  send_session(c, c.user, c.session, c.session_expires);
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
  c.app.events->end(c.session);
  if (c.session_expires != 0) set_cookie(c, "", "; Max-Age=0");
  c.response.status = 204;
}

void end_session(context& c) {
  need_browser(c);
  log_out(c);
}

void me(context& c) { answer(c, 200, c.user); }

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
  routes.add("POST", "/api/auth/session/", access::everyone(), begin_session)
      .says("Begins a browser's session, of which a cookie tells; what changes something needs its CSRF token besides")
      .accepts("credentials")
      .answers(200, "browser_session");
  routes.add("GET", "/api/auth/session/", access::logged_in(), show_session)
      .says("The browser's session")
      .answers(200, "browser_session");
  routes.add("DELETE", "/api/auth/session/", access::logged_in(), end_session)
      .says("Ends the browser's session at once")
      .answers(204);
  routes.add("GET", "/api/auth/me/", access::logged_in(), me).says("Who asks").answers(200, "user");
}

} // namespace noctis
