#pragma once

#include "messages/workitem.hpp"
#include "schema/connection.hpp"

namespace noctis::schema {

/// What modalities say of the steps that they perform (MPPS, PS3.4 F.7).
class performed_steps_repository {
public:
  explicit performed_steps_repository(database& db) : db_(db) {}

  /// Makes a performed step (N-CREATE) or changes one (N-SET): its attributes replace those of the same tags. The
  /// workitems that it refers to go along. Throws `state_conflict` where a new one is known or an old one has ended,
  /// `invalid_argument` for a state that it cannot have, `not_found`.
  void put(const performed_step& step);

private:
  database& db_;
};

} // namespace noctis::schema
