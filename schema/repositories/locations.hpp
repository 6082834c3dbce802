#pragma once

#include "messages/instance.hpp"
#include "schema/connection.hpp"
#include "schema/repositories/index/index.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::schema {

/// A copy that the index says a node has. Replaced versions have copies too.
struct kept_copy {
  int64_t instance = 0;
  std::string sop_instance_uid;
  location where;
  location_state state = location_state::ok;
};

/// What `verify` and recovery ask: which rows a node's files belong to, and which files a node's rows name.
class locations_repository {
public:
  explicit locations_repository(database& db) : db_(db) {}

  /// Returns the copies on `node` whose (instance, path) comes after the given one, in that order.
  std::vector<kept_copy> page(const std::string& node, int64_t after_instance, const std::string& after_path,
                              int32_t limit = 1000);

  /// Returns those of `paths`, each ending in `<SOPInstanceUID>-<token>.dcm`, that no row of `node` names.
  std::vector<std::string> unknown_paths(const std::string& node, const std::vector<std::string>& paths);

private:
  database& db_;
};

/// Returns the SOP Instance UID in a path that ends in `<SOPInstanceUID>-<token>.dcm`, "" where there is none.
std::string sop_instance_uid_of(const std::string& path);

} // namespace noctis::schema
