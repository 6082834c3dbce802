#pragma once

#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace noctis {

// What is said over an association.

/// Gives the next bytes of a data set; empty ones at its end.
using data_set_source = std::function<caf::expected<blob>()>;

/// Returns a source of these bytes alone.
data_set_source source_of(blob bytes);

/// On whose behalf an instance is sent, where a C-MOVE has asked for it (PS3.7 9.3.1.1).
struct move_originator {
  std::string aet; ///< "": none has
  uint16_t message_id = 0;
};

/// An event of a SOP instance of ours (PS3.7 10.1.1).
struct event_report {
  std::string sop_class_uid;
  std::string sop_instance_uid;
  uint16_t type = 0;
  blob information; ///< a data set in the transfer syntax of the context
};

/// What was answered to a request.
struct dimse_answer {
  uint16_t status = 0; ///< PS3.7 annex C
  std::string comment; ///< Error Comment (0000,0902)
};

/// Returns whether a status says that what was asked is done, be it with a warning (PS3.7 C.1, C.3).
constexpr bool is_success(uint16_t status) { return status == 0; }
constexpr bool is_warning(uint16_t status) { return status == 0x0001 || (status >> 12u) == 0xB; }

/// Returns a DIMSE status as people write it: "0xA700".
std::string status_text(uint16_t status);

} // namespace noctis
