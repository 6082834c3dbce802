#pragma once

#include "cluster/directory.hpp"
#include "messages/actors.hpp"
#include "schema/connection.hpp"
#include "schema/repositories/nodes.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace noctis {

struct membership_options {
  bool is_networked = false; ///< this process has certificates to talk with other nodes
  schema::database_options database;
  node_row self;       ///< name, roles, host, port, version; port 0: other nodes cannot connect to this one
  std::string bind_to; ///< address of the cluster port
  std::chrono::milliseconds lease{5000};
};

/// The membership's message to itself: renew, and look who is there.
using membership_actor = caf::typed_actor<caf::reacts_to<ping_atom>>;

/// Publishes this node's face over mutual TLS, holds its lease in the `nodes` table, renewed each second, and
/// connects to the other nodes that hold one and offer something, unless these connect to it; a host that does not
/// answer delays no lease. Detached; has a connection to the database of its own. It ends, and with it in the end the
/// node, when another process holds the node's name.
struct membership_state {
  static inline const char* name = "membership";

  membership_actor::stateful_pointer<membership_state> self;
  membership_options options;
  std::unique_ptr<schema::database> database;
  std::string incarnation;
  node_actor face;
  full_directory_actor directory;
  std::map<std::string, caf::actor_addr> connected; ///< faces by node name
  std::set<std::string> connecting;
  bool has_joined = false;
  bool is_away = false; ///< the database, as far as it was told

  caf::error start(membership_options given, node_actor own_face, full_directory_actor services_directory);
  void tick();
  void leave();
  void down(const caf::down_msg& message);

private:
  void renew();
  void connect(const node_row& other);
  void greet(const std::string& node, const node_actor& its_face);
};

membership_actor::behavior_type membership(membership_actor::stateful_pointer<membership_state> self,
                                           membership_options options, node_actor face, full_directory_actor directory);

} // namespace noctis
