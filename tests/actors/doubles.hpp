#pragma once

#include "actors/index/indexer.hpp"
#include "messages/actors.hpp"

#include <caf/actor_system.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace noctis::test {

/// What the doubles of store and index were told, in order and by the words below, and what they answer:
///   storer   put open append seal drop remove doubt find quarantine
///   indexer  index heal record
///   query    known list
/// Shared by the doubles and the test.
class world {
public:
  /// From now on `word` is answered with an error.
  void refuse(const std::string& word, errc code);
  /// From now on `word` gets no answer.
  void silence(const std::string& word);
  /// From now on `word` is answered as it should be.
  void restore(const std::string& word);

  [[nodiscard]] std::vector<std::string> told() const;
  [[nodiscard]] size_t count(const std::string& word) const;
  void forget();

  /// Notes `word`; returns the error to answer, if any.
  caf::error hear(const std::string& word);
  [[nodiscard]] bool is_silent(const std::string& word) const;

  /// Runs `use` while no double does anything.
  template <class Use>
  auto with(Use use) const {
    const std::lock_guard<std::mutex> guard{mutex_};
    return use();
  }

  // Under `with`:
  bool is_there = true; ///< what "find" answers
  index_result result{disposition::stored, 7, {}};
  std::set<std::string> known; ///< paths that have a row
  std::vector<index_entry> entries;
  std::vector<quarantine_entry> recorded;
  std::vector<quarantine_file> put_aside;
  std::vector<location> healed;
  std::vector<location> removed;
  std::vector<ae_row> entities;     ///< what "list" answers
  std::vector<std::string> settled; ///< paths that got a row
  std::string streamed;             ///< bytes of all streams

private:
  mutable std::mutex mutex_;
  std::vector<std::string> told_;
  std::map<std::string, errc> refused_;
  std::set<std::string> silent_;
};
using shared_world = std::shared_ptr<world>;

/// A store on node "store-1" that keeps nothing.
storer_actor spawn_storer(caf::actor_system& system, const shared_world& w);

/// An index; `finish_atom` answers what was held back while "index" was silent.
full_indexer_actor spawn_indexer(caf::actor_system& system, const shared_world& w);

/// Answers which files and which application entities are known, and nothing else.
query_actor spawn_query(caf::actor_system& system, const shared_world& w);

/// The services that a directory's double tells; the test may change them.
struct shared_services {
  std::mutex mutex;
  services now;

  void set(services next) {
    const std::lock_guard<std::mutex> guard{mutex};
    now = std::move(next);
  }
};

directory_actor spawn_directory(caf::actor_system& system, const std::shared_ptr<shared_services>& offered);

/// Knows every caller but "STRANGER", and cannot say of "UNSURE".
peers_actor spawn_peers(caf::actor_system& system);

} // namespace noctis::test
