#pragma once

#include "messages/query.hpp"
#include "messages/reports.hpp"
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

  /// What stands at the head of a facility's documents. Throws `not_found` for one that who asks does not see.
  letterhead letterhead_of(const letterhead_request& request);

  /// Changes address and logo of a facility by its name. Throws `invalid_argument` for an address of more than 1,000
  /// characters and for a logo that is no PNG of at most
  /// 256 KiB and 2,048 pixels to each side, `not_found` where there is no such facility.
  void set_letterhead(const letterhead& what);

  /// All facilities by id; the first is "Default".
  std::vector<facility_row> list();

private:
  database& db_;
};

} // namespace noctis::schema
