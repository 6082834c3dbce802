#pragma once

#include "actors/storage/writer.hpp"
#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace noctis {

struct storer_options {
  storage::layout where;
  size_t writers = 16;                            ///< files that are made durable side by side
  uint64_t quarantine_quota = uint64_t{10} << 30; ///< bytes
};

/// The storer's way to its recovery actor.
using recovery_actor = caf::typed_actor<
    // The storer has started: settle what an earlier one may have left.
    caf::reacts_to<open_atom>,
    // A file may or may not have a row: settle it.
    caf::reacts_to<retry_atom, location>,
    // How many files wait to be settled.
    caf::replies_to<count_atom>::with<uint64_t>>;

/// Owns the directory `where.base_path`. Hands each file to an idle writer, preferably one that knows the file's
/// directory to be durable, and each stream to a writer of its own, so that as many syncs run side by side as there are
/// writers. A file belongs to the actor that had it written until that tells what became of it; if it ends before, the
/// file goes to recovery. Spawned by the supervisor; its writers are linked to it and end with it.
struct storer_state {
  struct slot {
    writer_actor writer;
    bool busy = false;
    std::set<std::string> known; ///< directories, at most `remembered_directories`
  };
  struct task {
    std::string directory; ///< "" when any writer does
    uint64_t bytes = 0;
    std::function<void(const writer_actor&, std::function<void()> free)> run;
  };
  struct open_stream {
    writer_actor writer;
    caf::actor_addr owner;
  };

  static constexpr size_t remembered_directories = 1024;
  static inline const char* name = "storer";

  storer_actor::stateful_pointer<storer_state> self;
  storer_options options;
  recovery_actor recovery;
  std::vector<slot> slots;
  std::deque<task> waiting;
  uint64_t waiting_bytes = 0;
  std::unordered_map<uint64_t, open_stream> streams;
  std::map<caf::actor_addr, std::set<std::string>> unsettled; ///< files by the living actor that had them written
  uint64_t last_stream = 0;
  uint64_t quarantined_bytes = 0;
  uint64_t stored_files = 0;
  uint64_t stored_bytes = 0;
  uint64_t failures = 0;
  std::string latest_hour; ///< never goes back, even if the clock does

  void start(storer_options given, recovery_actor settles);
  std::string hour();
  void enqueue(task job);
  void assign(slot& chosen, task job);
  void run_waiting();
  slot* idle_writer(const std::string& directory);

  caf::result<location> put(const put_file& file);
  caf::result<stream_id> open(const blob& preamble);
  caf::result<location> seal(const seal_stream& target);
  caf::result<location> quarantine(const quarantine_file& what);
  void close(stream_id id);
  void settled(const caf::strong_actor_ptr& owner, const location& file);
  void owner_ended(const caf::actor_addr& owner);
  [[nodiscard]] storer_status status() const;
  [[nodiscard]] std::vector<metric> metrics() const;

private:
  caf::actor_addr know_owner();
  void made(const caf::actor_addr& owner, const location& file);
};

storer_actor::behavior_type storer(storer_actor::stateful_pointer<storer_state> self, storer_options options,
                                   recovery_actor recovery);

} // namespace noctis
