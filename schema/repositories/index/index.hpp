#pragma once

#include "messages/ingest.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace noctis::schema {

/// Why one entry of a batch was refused; the others are not touched by it.
struct index_refusal {
  errc code = errc::internal;
  std::string sentence; ///< names both sides of a conflict
};

using index_answer = std::variant<index_result, index_refusal>;

/// What became of a copy of an instance.
enum class location_state : uint8_t { ok, lost, corrupt };

/// Writes the catalogue. It sets its connection to `read_by_key`, so worklists want another.
class index_repository {
public:
  /// `db` must outlive the repository.
  explicit index_repository(database& db);
  ~index_repository();

  /// Indexes all `entries` in one transaction and returns an answer for each, in their order. Rows, locations,
  /// counts and events are committed when it returns. An entry whose very location is indexed already is answered
  /// `stored`, so a batch may be sent again after any failure. `routes` has, for each entry, the ids of the routing
  /// rules by which it is sent on where it is new; the jobs that do it are committed with it.
  /// Throws `in_doubt` where a commit got no answer and asking again failed too; other errors mean that nothing was
  /// written.
  std::vector<index_answer> index_batch(const std::vector<index_entry>& entries,
                                        const std::vector<std::vector<int64_t>>& routes = {});

  /// Gives a known instance another copy; it takes the place of an earlier one on the same node, which is then lost.
  /// Throws `not_found` for an unknown instance.
  void add_location(int64_t instance, const location& copy);

  /// Records what became of a copy. Throws `not_found` where there is no such copy.
  void mark_location(int64_t instance, const location& copy, location_state state);

  /// Completes the studies in progress for which nothing has arrived for `after_seconds`, with a job in each of
  /// `queues` for each of them; returns how many.
  int64_t complete_idle_studies(double after_seconds, const std::vector<std::string>& queues = {});

private:
  class implementation;
  std::unique_ptr<implementation> implementation_;
};

} // namespace noctis::schema
