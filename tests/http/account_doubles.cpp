#include "tests/http/account_doubles.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace noctis::test {

namespace {

using caf::result;

user_profile admin() {
  user_profile user;
  user.id = 1;
  user.username = "ada";
  user.full_name = "Ada";
  user.role = "admin";
  user.permissions = permissions_of_role("admin");
  user.facilities = {{1, "Default"}};
  return user;
}

principal principal_of(const user_profile& user) {
  principal who;
  who.kind = principal_kind::user;
  who.id = user.id;
  who.name = user.username;
  who.role = user.role;
  who.permissions = user.permissions;
  who.facilities = {1};
  return who;
}

user_profile viewer() {
  auto user = admin();
  user.id = 2;
  user.username = "vic";
  user.role = "viewer";
  user.permissions = permissions_of_role("viewer");
  return user;
}

const user_profile& user_named(const std::string& name) {
  static const auto ada = admin();
  static const auto vic = viewer();
  return name == "vic" ? vic : ada;
}

accounts_actor::behavior_type accounts(accounts_actor::pointer, shared_world w) {
  const auto grant = [=](const std::string& name, const std::string& session, const std::string& secret) {
    w->secrets[session] = secret;
    return session_grant{user_named(name), session, secret, 4102444800000};
  };
  return {
      [=](const login_request& r) -> result<session_grant> {
        std::lock_guard<std::mutex> lock(w->mutex);
        if (!w->database) return failure(errc::index_unavailable, "connection to 10.1.2.3 refused");
        if ((r.username != "ada" && r.username != "vic") || r.password != "right")
          return failure(errc::unauthenticated, "wrong");
        return grant(r.username, r.username + std::to_string(w->secrets.size()), "first");
      },
      [=](const refresh_request& r) -> result<session_grant> {
        std::lock_guard<std::mutex> lock(w->mutex);
        const auto known = w->secrets.find(r.session);
        if (known == w->secrets.end() || known->second != r.refresh_secret) {
          w->secrets.erase(r.session);
          return failure(errc::unauthenticated, "used");
        }
        return grant(r.session.substr(0, 3), r.session, r.refresh_secret + "+");
      },
      [=](const logout_request& r) {
        std::lock_guard<std::mutex> lock(w->mutex);
        w->secrets.erase(r.session);
      },
      [=](const authenticate_request& r) -> result<authenticated> {
        std::lock_guard<std::mutex> lock(w->mutex);
        w->background += r.background ? 1 : 0;
        if (w->secrets.count(r.session) == 0) return failure(errc::unauthenticated, "ended");
        const auto& user = user_named(r.session.substr(0, 3));
        return authenticated{principal_of(user), user};
      },
      [](const people_request&) {
        return people_list{{{1, "ada", "Ada"}}};
      },
  };
}

} // namespace

accounts_actor spawn_accounts(caf::actor_system& system, const shared_world& w) { return system.spawn(accounts, w); }

} // namespace noctis::test
