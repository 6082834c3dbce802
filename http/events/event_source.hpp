#pragma once

#include "http/events/event_hub.hpp"
#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <memory>

namespace noctis {

/// Its messages to itself: read on; look after the sessions of those who listen.
using event_source_actor = caf::typed_actor<caf::reacts_to<ping_atom>, caf::reacts_to<status_atom>>;

struct event_source_options {
  std::chrono::milliseconds pause{150}; ///< between two looks at the outbox
  std::chrono::milliseconds longest_pause{3000};
  std::chrono::milliseconds session_check{30'000};
};

/// Reads events for a hub from the next index that can be reached while anybody listens, less often while none can be;
/// ends the streams of sessions that are over. Spawned by the facade, which ends it.
struct event_source_state {
  static inline const char* name = "event_source";

  event_source_actor::stateful_pointer<event_source_state> self;
  std::shared_ptr<event_hub> hub;
  directory_actor directory;
  event_source_options options;
  std::chrono::milliseconds pause{};

  void read_on();
  void check_sessions();

private:
  void read_from(const index_service& index, const event_place& after);
  void check(const accounts_actor& accounts, const std::string& session, const principal& who);
  void again(std::chrono::milliseconds in);
  void try_later();
};

event_source_actor::behavior_type event_source(event_source_actor::stateful_pointer<event_source_state> self,
                                               std::shared_ptr<event_hub> hub, directory_actor directory,
                                               event_source_options options = {});

} // namespace noctis
