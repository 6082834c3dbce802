#include "actors/association/dialogue.hpp"

#include "dicom/network/dimse_message.hpp"
#include "dicom/text.hpp"

#include <dcmtk/dcmnet/diutil.h>
#include <spdlog/spdlog.h>

namespace noctis {

command_set response_to(const request_head& request, uint16_t status, const std::string& comment) {
  command_set response{static_cast<uint16_t>(request.field | dimse::response_bit)};
  response.number(command_element::message_id_responded_to, request.message_id)
      .number(command_element::status, status)
      .uid(command_element::affected_sop_class, request.sop_class_uid);
  if (!comment.empty()) response.text(command_element::error_comment, comment);
  return response;
}

dialogue::dialogue(caf::blocking_actor* actor, const association_context& with, const incoming_association& incoming)
    : self(actor), context(with), association(incoming.association), channel(incoming.channel) {
  who.address = incoming.address;
}

dialogue::~dialogue() {
  ASC_dropSCPAssociation(association, 1);
  ASC_destroyAssociation(&association);
}

OFCondition dialogue::receive_data_set(T_ASC_PresentationContextID id,
                                       const std::function<void(const uint8_t*, size_t)>& take) {
  for (;;) {
    DUL_PDV fragment;
    const auto next = DUL_NextPDV(&association->DULassociation, &fragment);
    if (next.bad()) {
      const auto read = DUL_ReadPDVs(&association->DULassociation, nullptr, DUL_NOBLOCK, timeout_s());
      if (read != DUL_PDATAPDUARRIVED) return read.good() ? OFCondition{DIMSE_READPDVFAILED} : read;
      continue;
    }
    if (fragment.pdvType != DUL_DATASETPDV || fragment.presentationContextID != id) return DIMSE_UNEXPECTEDPDVTYPE;
    take(static_cast<const uint8_t*>(fragment.data), fragment.fragmentLength);
    if (fragment.lastPDV) return EC_Normal;
  }
}

OFCondition dialogue::receive_identifier(T_ASC_PresentationContextID id, std::vector<uint8_t>& bytes) {
  constexpr size_t longest = size_t{1} << 20;
  channel->limit(2 * longest);
  bool fits = true;
  const auto received = receive_data_set(id, [&](const uint8_t* data, size_t size) {
    fits = fits && bytes.size() + size <= longest;
    if (fits) bytes.insert(bytes.end(), data, data + size);
  });
  channel->limit(0);
  return received.good() && !fits ? OFCondition{DIMSE_OUTOFRESOURCES} : received;
}

OFCondition dialogue::send(const request_head& request, const command_set& response, const data_set_source& data_set) {
  const auto failed = send_message(association, request.context, response, data_set);
  if (!failed) return EC_Normal;
  spdlog::warn("{} {}", who.request_id, reason_of(failed));
  return DIMSE_SENDFAILED;
}

OFCondition dialogue::refuse(const request_head& request, uint16_t status, const std::string& comment) {
  spdlog::warn("{} request 0x{:04x} of {} is answered with {}: {}", who.request_id, request.field, calling,
               status_text(status), comment);
  return send(request, response_to(request, status, comment));
}

bool dialogue::is_cancelled(const request_head& request, OFCondition& ended) {
  if (channel->is_stopping()) ended = DIMSE_OUTOFRESOURCES;
  if (ended.bad() || !ASC_dataWaiting(association, 0)) return ended.bad();
  T_ASC_PresentationContextID id = 0;
  T_DIMSE_Message message{};
  ended = DIMSE_receiveCommand(association, DIMSE_NONBLOCKING, timeout_s(), &id, &message, nullptr);
  if (ended.bad()) return true;
  if (message.CommandField != DIMSE_C_CANCEL_RQ) {
    ended = DIMSE_BADCOMMANDTYPE; // one operation at a time was negotiated
    return true;
  }
  return message.msg.CCancelRQ.MessageIDBeingRespondedTo == request.message_id;
}

T_ASC_PresentationContextID dialogue::storage_context(const std::string& sop_class_uid,
                                                      const std::string& transfer_syntax_uid) const {
  for (const auto& [id, one] : contexts) {
    if (one.peer_provides && one.abstract_syntax == sop_class_uid && one.transfer_syntax == transfer_syntax_uid)
      return id;
  }
  return 0;
}

query_features dialogue::features_of(const std::string& sop_class_uid) const {
  const auto found = features.find(sop_class_uid);
  return found == features.end() ? query_features{} : found->second;
}

} // namespace noctis
