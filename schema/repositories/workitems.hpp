#pragma once

#include "messages/find.hpp"
#include "messages/workitem.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::schema {

/// Scheduled procedure steps, one table for Modality Worklist and UPS. What the principal may not see is `not_found`.
class workitems_repository {
public:
  explicit workitems_repository(database& db) : db_(db) {}

  /// Makes the workitem `request.uid` in the principal's facility, or gives a known one the attributes that the
  /// request has, the others staying. Throws `state_conflict` where a new one is known, an old one has ended, or
  /// another transaction than the request's has claimed it.
  workitem put(const workitem_put& request);

  /// Throws `not_found`.
  workitem find(const workitem_request& request);

  /// Returns at most `limit` workitems behind `after` (nullptr: from the first on), by start, that may match the
  /// request: its keys are compared as far as columns have them, the rest is for the caller. Those that have ended are
  /// left out unless the request names the state (0074,1000).
  std::vector<workitem> candidates(const find_request& request, const workitem* after, int32_t limit);

  /// Moves a workitem to another state (PS3.4 CC.1.1). Throws `invalid_argument` for what is no state,
  /// `state_conflict` for a move that there is not or another transaction than the one that claimed it.
  workitem move(const workitem_transition& request);

  /// Withdraws a workitem. Throws `state_conflict` where somebody has claimed it.
  void remove(const workitem_removal& request);

private:
  database& db_;
};

} // namespace noctis::schema
