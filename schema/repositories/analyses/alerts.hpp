#pragma once

#include "messages/analyses.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// What is urgent until somebody acknowledges it. What the principal may not see is `not_found`; alerts of a deleted
/// study are not seen.
class alerts_repository {
public:
  explicit alerts_repository(database& db) : db_(db) {}

  /// A page: open ones first, then the newest first. Throws `invalid_argument`.
  alert_page list(const alert_filter& filter);

  /// Notes that somebody takes care. Throws `not_found`; `permission_denied`; `state_conflict`, naming who took it,
  /// where it is acknowledged already; `invalid_argument` for a note of more than 1,024 characters.
  alert acknowledge(const alert_acknowledgement& request);

  /// Makes an alert critical. Returns whether it is, which it is not where somebody acknowledged it in time, or its
  /// study is gone. The second time changes nothing.
  bool escalate(const alert_escalation& request);

private:
  database& db_;
};

} // namespace noctis::schema
