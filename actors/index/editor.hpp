#pragma once

#include "messages/actors.hpp"
#include "schema/connection.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <memory>

namespace noctis {

/// Changes the catalogue on behalf of the principal in each message, through one connection; detached, several behind
/// one address. The repositories check what the principal may do and write each change with its events and its entry
/// in the audit log.
struct editor_state {
  static inline const char* name = "editor";
  std::unique_ptr<schema::database> database;
};

/// `annotations_after`: how long after the last change of somebody's annotations they become DICOM objects.
editor_actor::behavior_type editor(editor_actor::stateful_pointer<editor_state> self, schema::database_options database,
                                   std::chrono::seconds annotations_after);

} // namespace noctis
