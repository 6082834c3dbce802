#pragma once

#include "messages/query.hpp"
#include "messages/routing.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <vector>

namespace noctis::schema {

/// Which instances are sent on, and which were. Rules of every facility are seen by who sees all facilities.
class routing_repository {
public:
  explicit routing_repository(database& db) : db_(db) {}

  /// Every rule that `who` sees, by name.
  std::vector<routing_rule> list(const principal& who);

  /// Makes a rule, or changes the one with its id, and returns it. Throws `invalid_argument` naming the field,
  /// `permission_denied`, `not_found`, `state_conflict` for a name that is taken.
  routing_rule put(const routing_rule_put& request);

  /// Removes a rule with what it was still to send. Throws `not_found`.
  void remove(const principal& who, int64_t id);

  /// Every active rule, for the indexer.
  std::vector<routing_rule> active();

  /// Instances of a study that a rule has still to send, deleted ones left out, by id. Throws `invalid_argument` for
  /// a limit outside 1 to 10,000.
  instance_list undelivered(const undelivered_request& request);

  /// Notes what was sent.
  void delivered(const delivery_report& report);

private:
  database& db_;
};

} // namespace noctis::schema
