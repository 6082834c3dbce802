#pragma once

#include "messages/events.hpp"
#include "schema/connection.hpp"

#include <chrono>
#include <cstdint>

namespace noctis::schema {

/// The outbox as its readers see it.
class events_repository {
public:
  explicit events_repository(database& db) : db_(db) {}

  /// Returns what happened after a place, as far as `who` sees it. Throws `invalid_argument` where `after` is no place.
  events_page after(const events_request& request);

  /// Forgets the oldest events, of those that happened more than `age` ago at most `batch`; returns how many. The last
  /// one stays, so that there is always a place to stand.
  int64_t prune(std::chrono::seconds age, int64_t batch = 5000);

private:
  database& db_;
};

} // namespace noctis::schema
