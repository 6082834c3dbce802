#pragma once

#include "dicom/network/command_set.hpp"
#include "dicom/network/dimse.hpp"
#include "dicom/part10.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>

#include <cstdint>
#include <functional>

namespace noctis {

// What both ends of an association have in common. All of this blocks, and after an error the association is of no
// more use: abort it.

/// Sends a command, and after it the data set where there is one. The bytes go as they are; a data set of odd length,
/// as broken and deflated ones may have, stays odd. Errors: `peer_unreachable` when the connection broke, those of the
/// source.
caf::error send_message(T_ASC_Association* association, uint8_t context, const command_set& command,
                        const data_set_source& data_set = {});

/// Sends a C-STORE request for the instance that `meta` describes; returns its message id. Errors: as `send_message`.
caf::expected<uint16_t> send_store(T_ASC_Association* association, uint8_t context, const part10_meta& meta,
                                   const data_set_source& data_set, const move_originator& originator = {});

/// Sends an N-EVENT-REPORT request; returns its message id. Errors: as `send_message`.
caf::expected<uint16_t> send_event_report(T_ASC_Association* association, uint8_t context, const event_report& event);

/// Waits for the response to the request `message_id`, which was of command field `request_field`. `on_cancel` is told
/// the message id of a C-CANCEL that comes before it. Errors: `peer_unreachable` when there is none in time, or another
/// message comes.
caf::expected<dimse_answer> receive_answer(T_ASC_Association* association, uint16_t request_field, uint16_t message_id,
                                           int timeout_s, const std::function<void(uint16_t)>& on_cancel = {});

} // namespace noctis
