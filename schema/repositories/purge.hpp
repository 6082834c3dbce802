#pragma once

#include "messages/principal.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::schema {

/// How much a purge has removed.
struct purge_report {
  int64_t studies = 0;
  int64_t instances = 0; ///< versions of instances, replaced ones included
  int64_t bytes = 0;
};

/// Forgets for good what was deleted long ago. Rows go first; with them it is noted which files are to go, so that
/// one that outlives a crash is neither missed nor taken for a new arrival.
class purge_repository {
public:
  explicit purge_repository(database& db) : db_(db) {}

  /// Forgets what one study holds that was deleted more than `days` ago, at most 10,000 instances. An empty report:
  /// there is nothing left to do. Throws `permission_denied`; `invalid_argument` for days below 0.
  purge_report purge_one(const principal& who, double days);

  /// Returns paths of purged files that a node still has to remove, at most `limit`, in order behind `after`.
  std::vector<std::string> files_of(const std::string& node, const std::string& after, int32_t limit = 1000);

  /// Notes that a node has removed these files.
  void removed(const std::string& node, const std::vector<std::string>& paths);

  /// Returns those of `paths` in a node's store that no purge has noted.
  std::vector<std::string> unknown_paths(const std::string& node, const std::vector<std::string>& paths);

private:
  database& db_;
};

} // namespace noctis::schema
