#pragma once

#include "actors/index/minute_rate.hpp"
#include "actors/index/routing_table.hpp"
#include "messages/actors.hpp"
#include "schema/connection.hpp"
#include "schema/repositories/index/index.hpp"
#include "schema/repositories/quarantine.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace noctis {

struct indexer_options {
  schema::database_options database;
  std::chrono::seconds events_kept{std::chrono::hours{24}};
  std::chrono::seconds sessions_kept{std::chrono::hours{24 * 7}}; ///< after they expired
  std::chrono::seconds study_complete_after{60};
  std::vector<std::string> queues_of_complete{}; ///< which get a job for each study that is complete
  int32_t jobs_kept_days = 30;                   ///< of jobs that ended well
};

/// The indexer's messages to itself: commit what is pending; complete studies that have come to rest.
using indexer_inbox = caf::typed_actor<caf::reacts_to<finish_atom>, caf::reacts_to<ping_atom>>;
using full_indexer_actor = indexer_actor::extend_with<indexer_inbox>;

/// Writes the index through one connection; detached. It commits in groups without a timer: an entry that arrives
/// asks for a flush, which stands in the mailbox behind all entries that are there already; while a commit runs
/// the next group gathers. An answer goes out only after the commit. It knows the routing rules, which it reads again
/// every few seconds.
struct indexer_state {
  struct pending_entry {
    index_entry entry;
    caf::typed_response_promise<index_result> promise;
  };
  static constexpr size_t largest_group = 256;
  static inline const char* name = "indexer";

  full_indexer_actor::stateful_pointer<indexer_state> self;
  indexer_options options;
  std::unique_ptr<schema::database> database;
  std::unique_ptr<schema::index_repository> index;
  std::optional<routing_table> routes; ///< the rules as they were some seconds ago
  std::deque<pending_entry> pending;
  bool flush_is_due = false;
  uint64_t groups = 0;
  uint64_t entries = 0;
  uint64_t failures = 0;
  double seconds = 0; ///< in the database
  minute_rate recent;

  void start(indexer_options given);
  caf::result<index_result> add(const index_entry& entry);
  void flush();
  void complete_studies();
  void forget_old();
  [[nodiscard]] component_status status() const;
  [[nodiscard]] std::vector<metric> metrics() const;

private:
  void read_rules();
  std::vector<schema::index_answer> write(const std::vector<index_entry>& batch);
  void answer(std::vector<pending_entry>& group, std::vector<schema::index_answer>& answers);
};

full_indexer_actor::behavior_type indexer(full_indexer_actor::stateful_pointer<indexer_state> self,
                                          indexer_options options);

} // namespace noctis
