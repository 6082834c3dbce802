#pragma once

#include "messages/principal.hpp"
#include "messages/query.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

struct user_profile {
  int64_t id = 0;
  std::string username;
  std::string full_name;
  std::string role;
  uint32_t permissions = 0; ///< bits of `permission`
  std::vector<facility_row> facilities;
};

struct login_request {
  std::string username;
  std::string password;
  std::string address; ///< IP address of the client
  std::string request_id;
  int64_t idle_timeout = 0; ///< s without activity after which a browser's session ends; 0: a session of tokens
};

/// A session: one login and the chain of refresh tokens that followed it. The access token names the session;
/// the refresh token adds the secret of its link in the chain, of which the database keeps a hash.
struct session_grant {
  user_profile user;
  std::string session;        ///< random, 32 hex digits
  std::string refresh_secret; ///< random, 64 hex digits; good for one refresh
  int64_t refresh_until = 0;  ///< ms since the epoch, UTC
};

/// Trades a refresh secret for a new one. A secret used twice ends its session for everyone.
struct refresh_request {
  std::string session;
  std::string refresh_secret;
  std::string address;
  std::string request_id;
};

struct logout_request {
  std::string session;
  principal who;
};

/// Asks who stands behind a session: refused when it ended or the user is inactive.
struct authenticate_request {
  std::string session;
  std::string address;
  std::string request_id;
  bool background = false; ///< the user did nothing: a browser's session goes on to run out
};

struct authenticated {
  principal who;
  user_profile user;
};

/// A user as colleagues see it.
struct person {
  int64_t id = 0;
  std::string username;
  std::string full_name;
};

/// Asks for active users who share a facility with the principal, by name.
struct people_request {
  principal who;
  uint32_t permissions = 0; ///< only those who have all of these
  int64_t facility = 0;     ///< only those who may see it; 0: any that the principal sees
};

struct people_list {
  std::vector<person> users; ///< at most 1,000
};

template <class I>
typename I::result_type inspect(I& f, person& x) {
  return f(x.id, x.username, x.full_name);
}

template <class I>
typename I::result_type inspect(I& f, people_request& x) {
  return f(x.who, x.permissions, x.facility);
}

template <class I>
typename I::result_type inspect(I& f, people_list& x) {
  return f(x.users);
}

template <class I>
typename I::result_type inspect(I& f, user_profile& x) {
  return f(x.id, x.username, x.full_name, x.role, x.permissions, x.facilities);
}

template <class I>
typename I::result_type inspect(I& f, login_request& x) {
  return f(x.username, x.password, x.address, x.request_id, x.idle_timeout);
}

template <class I>
typename I::result_type inspect(I& f, session_grant& x) {
  return f(x.user, x.session, x.refresh_secret, x.refresh_until);
}

template <class I>
typename I::result_type inspect(I& f, refresh_request& x) {
  return f(x.session, x.refresh_secret, x.address, x.request_id);
}

template <class I>
typename I::result_type inspect(I& f, logout_request& x) {
  return f(x.session, x.who);
}

template <class I>
typename I::result_type inspect(I& f, authenticate_request& x) {
  return f(x.session, x.address, x.request_id, x.background);
}

template <class I>
typename I::result_type inspect(I& f, authenticated& x) {
  return f(x.who, x.user);
}

} // namespace noctis
