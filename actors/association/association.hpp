#pragma once

#include "actors/association/connection.hpp"
#include "actors/association/negotiation.hpp"
#include "actors/intake/intake.hpp"
#include "messages/actors.hpp"

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/blocking_actor.hpp>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/dimse.h>

#include <chrono>
#include <memory>
#include <string>

namespace noctis {

struct association_options {
  scp_rules rules;
  std::chrono::seconds dimse_timeout{60};        ///< within a message
  std::chrono::seconds idle_timeout{300};        ///< between messages
  std::chrono::seconds store_timeout{120};       ///< for the whole way to the index
  std::chrono::seconds suboperation_timeout{30}; ///< for the answer of a C-MOVE's destination
  std::string calling_title = "DJANGO_SCU";      ///< with which we call others
  intake_options intake;
};

/// What an association tells the listener of each C-STORE.
struct store_observed {
  uint16_t status = 0;
  uint64_t bytes = 0;
  double seconds = 0; ///< from the last byte of the data set to the response
};

using association_observer = caf::typed_actor<caf::reacts_to<store_observed>>;

/// What an association works with.
struct association_context {
  association_options options;
  peers_actor peers;
  directory_actor directory;
  budget_actor budget;
  association_observer observer;
};

/// A requested association, as `ASC_receiveAssociation` returned it, with its connection.
struct incoming_association {
  T_ASC_Association* association = nullptr;
  dicom_connection* channel = nullptr; ///< owned by `association`
  std::string address;
};

/// Serves one association to its end, on a thread of its own since DCMTK blocks; owns the association. Spawned by the
/// listener, which monitors it. It ends when the peer releases, aborts, breaks the protocol or stays silent too long,
/// and when the node stops: then after the message that is under way.
void association(caf::blocking_actor* self, const association_context& context, const incoming_association& incoming);

} // namespace noctis

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(noctis::store_observed)
