#pragma once

#include "messages/ingest.hpp"
#include "messages/query.hpp"
#include "schema/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::schema {

/// Objects that could not be indexed. Those of no facility are seen by who sees all facilities.
class quarantine_repository {
public:
  explicit quarantine_repository(database& db) : db_(db) {}

  /// Records an object and returns its id. A file that is recorded already keeps its row.
  int64_t add(const quarantine_entry& entry);

  /// A page, newest first. Throws `invalid_argument` for a page below 1 or a size outside 1 to 200.
  std::vector<quarantine_entry> list(const quarantine_filter& filter);

  /// Returns how many objects the principal sees.
  int64_t count(const principal& who);

  /// Throws `not_found`.
  quarantine_entry find(const principal& who, int64_t id);

  /// Forgets an object; its file is the caller's affair. Throws `not_found`.
  void remove(const principal& who, int64_t id);

  /// Returns the bytes that a node's store keeps in quarantine.
  int64_t bytes_of(const std::string& node);

  /// Returns those of `paths` in a node's store that no row names.
  std::vector<std::string> unknown_paths(const std::string& node, const std::vector<std::string>& paths);

private:
  database& db_;
};

} // namespace noctis::schema
