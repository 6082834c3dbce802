#pragma once

#include "messages/accounts.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace noctis::schema {

struct new_user {
  std::string username;  ///< kept in lower case: letters, digits and ._@+-, at most 150
  std::string full_name; ///< at most 256 characters
  std::string role;      ///< one of `role_names()`
  std::string password_hash;
  std::vector<int64_t> facilities; ///< ids; the first is where what the user uploads goes
};

struct stored_user {
  user_profile profile;
  std::string password_hash;
  bool active = true;
};

/// Users. Passwords come here hashed.
class users_repository {
public:
  explicit users_repository(database& db) : db_(db) {}

  /// Adds a user and returns the id. Throws `state_conflict` where the name is taken, `invalid_argument` for a name,
  /// role or facility that cannot be.
  int64_t add(const new_user& user);

  /// Sets the hash and ends the user's sessions. Throws `not_found`.
  void set_password_hash(const std::string& username, const std::string& hash);

  /// Lets the user in or locks them out, ending their sessions. Throws `not_found`.
  void set_active(const std::string& username, bool active);

  /// Sets the user's facilities, in order. Throws `not_found`, and `invalid_argument` for an unknown facility.
  void set_facilities(const std::string& username, const std::vector<int64_t>& facilities);

  /// Returns the user with this name, active or not.
  std::optional<stored_user> find(const std::string& username);

  /// All users by name, active or not.
  std::vector<stored_user> list();

  /// Returns active users who share a facility with the principal, by name; at most 1,000.
  people_list colleagues(const people_request& request);

  /// Returns how many users there are.
  int64_t count();

private:
  database& db_;
};

} // namespace noctis::schema
