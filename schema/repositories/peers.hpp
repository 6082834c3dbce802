#pragma once

#include "messages/principal.hpp"
#include "messages/query.hpp"
#include "messages/system.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace noctis::schema {

/// Application entities that we know. A title has 1 to 16 printable ASCII characters without backslash, and spaces
/// neither first nor last (PS3.5 6.2, AE).
class peers_repository {
public:
  explicit peers_repository(database& db) : db_(db) {}

  /// Registers an entity and returns its id; a title that is known gets the new host, port and facility. Port 0 and
  /// host "": it only calls us. Throws `invalid_argument` for values or a facility that cannot be.
  int64_t put(const std::string& title, const std::string& host, int32_t port, int64_t facility);

  /// Forgets an entity. Throws `not_found`; `state_conflict` where a routing rule sends to it.
  void remove(const std::string& title);

  /// Returns the entity with this title.
  std::optional<ae_row> find(const std::string& title);

  /// The entities of the facilities that `who` sees, by title.
  std::vector<ae_row> list(const principal& who);

private:
  database& db_;
};

} // namespace noctis::schema
