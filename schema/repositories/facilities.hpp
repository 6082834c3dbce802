#pragma once

#include "messages/query.hpp"
#include "schema/connection.hpp"

#include <optional>
#include <string>
#include <vector>

namespace noctis::schema {

class facilities_repository {
public:
  explicit facilities_repository(database& db) : db_(db) {}

  /// Adds a facility and returns its id. Throws `state_conflict` where the name is taken, `invalid_argument` where it
  /// is empty or longer than 128 characters.
  int64_t add(const std::string& name);

  /// Returns the facility with this very name.
  std::optional<facility_row> find(const std::string& name);

  /// All facilities by id; the first is "Default".
  std::vector<facility_row> list();

private:
  database& db_;
};

} // namespace noctis::schema
