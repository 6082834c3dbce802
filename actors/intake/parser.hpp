#pragma once

#include "actors/intake/instance_reader.hpp"
#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <optional>

namespace noctis {

/// Reads the headers of the instances that one intake brings. Spawned by its intake and gone with it; scheduled,
/// since it only computes.
struct parser_state {
  std::optional<instance_reader> reader;
  static inline const char* name = "parser";
};

parser_actor::behavior_type parser(parser_actor::stateful_pointer<parser_state> self);

} // namespace noctis
