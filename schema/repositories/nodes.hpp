#pragma once

#include "messages/query.hpp"
#include "messages/system.hpp"
#include "schema/connection.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace noctis::schema {

/// Nodes and their leases, by the database's clock. An incarnation is a random text that tells a process from the
/// one that had the name before.
class nodes_repository {
public:
  /// A lease that was not renewed for `lease` is over.
  explicit nodes_repository(database& db, std::chrono::milliseconds lease = std::chrono::seconds{5})
      : db_(db), lease_(lease) {}

  /// Takes the lease of `node.name`; `state` and the times are the database's affair. Throws `state_conflict` where
  /// another process holds it, `invalid_argument` for a name with other than letters, digits and ._-.
  void join(const node_row& node, const std::string& incarnation);

  /// Renews the lease. Throws `state_conflict` where the node left or another process has taken its name.
  void renew(const std::string& name, const std::string& incarnation);

  /// Tells the others that the node takes no new work. Throws as `renew`.
  void drain(const std::string& name, const std::string& incarnation);

  /// Gives the lease up, so that the node is down at once; does nothing where another process has it.
  void leave(const std::string& name, const std::string& incarnation);

  /// All nodes by name, as their leases say.
  std::vector<node_row> list();

private:
  database& db_;
  std::chrono::milliseconds lease_;
};

} // namespace noctis::schema
