#pragma once

#include "actors/storage/storer.hpp"
#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace noctis {

/// The recovery actor's messages to itself: settle the next file; move the checkpoint.
using recovery_inbox = caf::typed_actor<caf::reacts_to<ping_atom>, caf::reacts_to<status_atom>>;
using full_recovery_actor = recovery_actor::extend_with<recovery_inbox>;

/// Settles files of which it is not known whether the index has a row: those that a crash left behind, found at
/// start among the files written since the checkpoint, and those whose commit got no answer. A file without a row is
/// given to the index; if it repeats a kept instance it is removed, if it conflicts it goes to quarantine; unfinished
/// files are removed. While the index is away it tries again. Detached, since it walks directories and reads files;
/// spawned before its storer.
///
/// The checkpoint, `<base>/.noctis/checkpoint`, is the time before which every file is settled, so that a start does
/// not depend on how much is stored.
struct recovery_state {
  static constexpr size_t largest_question = 500; ///< paths
  static inline const char* name = "recovery";

  full_recovery_actor::stateful_pointer<recovery_state> self;
  storage::layout where;
  directory_actor directory;
  std::deque<std::string> waiting;                 ///< paths of which nothing is known
  std::deque<std::string> unknown;                 ///< paths without a row
  std::map<std::string, caf::error> put_aside_for; ///< by path in quarantine, until it has its row
  bool is_settling = false;
  bool has_searched = false;

  void start(storage::layout layout, directory_actor services_directory);
  void search();
  void settle();
  void add(const location& file);
  void keep_checkpoint();

private:
  void ask_for_rows(const services& reachable);
  void settle_one(const std::string& path, const services& reachable);
  void settle_quarantined(const std::string& path, const index_service& index);
  void answered(const std::string& path, const location& file, const index_result& result, const services& reachable);
  void put_aside(const std::string& path, const caf::error& reason, const services& reachable);
  void next(const std::string& path, const char* how);
  void try_later(const caf::error& why);
};

full_recovery_actor::behavior_type recovery(full_recovery_actor::stateful_pointer<recovery_state> self,
                                            storage::layout where, directory_actor directory);

} // namespace noctis
