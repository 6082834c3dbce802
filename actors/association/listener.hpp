#pragma once

#include "actors/association/association.hpp"
#include "actors/association/gate.hpp"
#include "messages/actors.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/response_promise.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noctis {

struct listener_options {
  gate_options gate;
  std::optional<gate_options> secure_gate; ///< where TLS is spoken
  association_options association;
  size_t max_associations = 512;
  size_t max_associations_per_peer = 400;
  uint32_t max_pdu_length = 131072; ///< bytes, of what we receive
};

/// What the gate's thread and the associations tell the listener.
using listener_inbox = association_observer::extend<caf::reacts_to<requested_association>>;
using full_listener_actor = listener_actor::extend_with<listener_inbox>;

/// Owns the gates and spawns an association for each request, unless there are too many. Detached, since DCMTK
/// writes a rejection to the network. On EXIT it stops accepting, tells the associations to end after the message
/// under way, and quits when the last has ended.
struct listener_state {
  static inline const char* name = "listener";

  full_listener_actor::stateful_pointer<listener_state> self;
  listener_options options;
  association_context context;
  gate door;
  gate secure_door;
  int stop = -1; ///< eventfd; readable once the node stops
  std::unique_ptr<transport> layer;
  T_ASC_Network* network = nullptr;
  std::map<caf::actor_addr, std::string> active; ///< address of the peer by association
  std::map<std::string, size_t> active_per_peer;
  std::vector<caf::response_promise> drained;
  bool draining = false;
  std::optional<caf::error> closing; ///< quits with it once the last association has ended
  std::string failed;                ///< why it does not listen

  std::map<uint16_t, uint64_t> stores_by_status;
  uint64_t received_bytes = 0;
  uint64_t accepted = 0;
  uint64_t rejected = 0;
  static constexpr std::array<double, 9> bounds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30};
  std::array<uint64_t, bounds.size() + 1> latency{};
  double latency_sum = 0;

  ~listener_state();
  std::string open(gate& one, const gate_options& how);
  void start(listener_options given, association_context with);
  void take(const requested_association& request);
  void spawn(T_ASC_Association* association, const std::string& address);
  void ended(const caf::down_msg& down);
  void observe(const store_observed& store);
  void close();
  void leave(const caf::error& reason);
  [[nodiscard]] component_status status() const;
  [[nodiscard]] std::vector<metric> metrics() const;
};

full_listener_actor::behavior_type listener(full_listener_actor::stateful_pointer<listener_state> self,
                                            listener_options options, association_context context);

} // namespace noctis

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(noctis::requested_association)
