#include "actors/accounts/accounts.hpp"

#include "actors/accounts/passwords.hpp"
#include "actors/index/database_call.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr size_t session_bytes = 16;
constexpr size_t secret_bytes = 32;
constexpr auto verify_timeout = std::chrono::seconds{10};

caf::error no_such_account() {
  return failure(errc::unauthenticated, "No active account found with the given credentials");
}

principal principal_of(const user_profile& user, const std::string& address, const std::string& request_id) {
  principal who;
  who.kind = principal_kind::user;
  who.id = user.id;
  who.name = user.username;
  who.role = user.role;
  who.permissions = user.permissions;
  who.address = address;
  who.request_id = request_id;
  for (const auto& facility : user.facilities) who.facilities.push_back(facility.id);
  return who;
}

verifier_actor::behavior_type verifier(verifier_actor::pointer) {
  return {[](const std::string& hash, const std::string& password) { return verify_password(hash, password); }};
}

} // namespace

void accounts_state::start(accounts_options given) {
  options = std::move(given);
  database = std::make_unique<schema::database>(options.database);
  verifier = self->spawn<caf::detached + caf::linked>(noctis::verifier);
  nobodys_hash = hash_password(random_hex(secret_bytes));
}

session_grant accounts_state::open_session(const user_profile& user, const login_request& request) {
  session_grant grant{user, random_hex(session_bytes), random_hex(secret_bytes), 0};
  const auto lifetime = request.idle_timeout > 0 ? options.browser_lifetime : options.session_lifetime;
  grant.refresh_until =
      schema::sessions_repository{*database}.open(grant.session, user.id, sha256_hex(grant.refresh_secret), lifetime,
                                                  request.address, std::chrono::seconds{request.idle_timeout});
  return grant;
}

caf::result<session_grant> accounts_state::login(const login_request& request) {
  std::optional<schema::stored_user> user;
  auto found = database_call([&] { user = schema::users_repository{*database}.find(request.username); });
  if (found.flag == caf::rt_error) return found.err;
  const bool may_enter = user && user->active;
  auto promise = self->make_response_promise<session_grant>();
  self->request(verifier, verify_timeout, may_enter ? user->password_hash : nobodys_hash, request.password)
      .then(
          [this, promise, may_enter, user, request](bool is_right) mutable {
            if (!may_enter || !is_right) {
              promise.deliver(no_such_account());
              return;
            }
            session_grant grant;
            auto opened = database_call([&] { grant = open_session(user->profile, request); });
            if (opened.flag == caf::rt_error) {
              promise.deliver(std::move(opened.err));
            } else {
              promise.deliver(std::move(grant));
            }
          },
          [promise](caf::error& error) mutable { promise.deliver(std::move(error)); });
  return promise;
}

session_grant accounts_state::refresh(const refresh_request& request) {
  const auto next = random_hex(secret_bytes);
  auto rotated = schema::sessions_repository{*database}.rotate(request.session, sha256_hex(request.refresh_secret),
                                                               sha256_hex(next), options.session_lifetime);
  return {std::move(rotated.user), request.session, next, rotated.refresh_until};
}

authenticated accounts_state::authenticate(const authenticate_request& request) {
  auto user = schema::sessions_repository{*database}.user_of(request.session, !request.background);
  auto who = principal_of(user, request.address, request.request_id);
  return {std::move(who), std::move(user)};
}

accounts_actor::behavior_type accounts(accounts_actor::stateful_pointer<accounts_state> self,
                                       accounts_options options) {
  self->state.self = self;
  self->state.start(std::move(options));
  return {
      [self](const login_request& request) { return self->state.login(request); },
      [self](const refresh_request& request) { return database_call([&] { return self->state.refresh(request); }); },
      [self](const logout_request& request) {
        return database_call([&] { schema::sessions_repository{*self->state.database}.end(request.session); });
      },
      [self](const authenticate_request& request) {
        return database_call([&] { return self->state.authenticate(request); });
      },
      [self](const people_request& request) {
        return database_call([&] { return schema::users_repository{*self->state.database}.colleagues(request); });
      },
  };
}

} // namespace noctis
