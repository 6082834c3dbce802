#include "dicom/network/dimse_message.hpp"

#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmnet/dimse.h>
#include <dcmtk/dcmnet/dul.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

namespace noctis {

namespace {

caf::error lost(const std::string& reason) {
  return failure(errc::peer_unreachable, "the association is lost: " + reason);
}

caf::error write_pdv(T_ASC_Association* association, uint8_t context, DUL_DATAPDV kind, bool is_last, uint8_t* bytes,
                     size_t size) {
  DUL_PDV pdv;
  pdv.fragmentLength = static_cast<unsigned long>(size);
  pdv.presentationContextID = context;
  pdv.pdvType = kind;
  pdv.lastPDV = is_last ? OFTrue : OFFalse;
  pdv.data = bytes;
  DUL_PDVLIST list;
  std::memset(&list, 0, sizeof list);
  list.count = 1;
  list.pdv = &pdv;
  const auto state = DUL_WritePDVs(&association->DULassociation, &list);
  return state.bad() ? lost(state.text()) : caf::error{};
}

/// Divides what a source gives into fragments of one length.
class fragments {
public:
  fragments(const data_set_source& source, size_t length) : source_(source), length_(length) {}

  /// Puts the next fragment into `into`, shorter than `length` only at the end.
  caf::error next(std::vector<uint8_t>& into) {
    into.clear();
    while (into.size() < length_ && !ended_) {
      if (at_ == piece_.size()) {
        auto more = source_();
        if (!more) return std::move(more.error());
        piece_ = std::move(*more);
        at_ = 0;
        ended_ = piece_.empty();
        continue;
      }
      const auto taken = std::min(length_ - into.size(), piece_.size() - at_);
      into.insert(into.end(), piece_.data() + at_, piece_.data() + at_ + taken);
      at_ += taken;
    }
    return {};
  }

private:
  const data_set_source& source_;
  size_t length_;
  blob piece_;
  size_t at_ = 0;
  bool ended_ = false;
};

/// Writes a data set, a fragment ahead of the connection, to know which is the last.
caf::error write_data_set(T_ASC_Association* association, uint8_t context, const data_set_source& data_set) {
  const auto length = static_cast<size_t>(association->sendPDVLength);
  fragments all{data_set, length};
  std::vector<uint8_t> fragment;
  std::vector<uint8_t> following;
  fragment.reserve(length);
  following.reserve(length);
  if (auto err = all.next(fragment)) return err;
  for (;;) {
    if (auto err = all.next(following)) return err;
    if (auto err = write_pdv(association, context, DUL_DATASETPDV, following.empty(), fragment.data(), fragment.size()))
      return err;
    if (following.empty()) return {};
    fragment.swap(following);
  }
}

/// Returns status and kind of a response.
struct response_head {
  T_DIMSE_Command field;
  uint16_t responds_to;
  uint16_t status;
};

bool read_head(const T_DIMSE_Message& message, response_head& head) {
  const auto take = [&](const auto& response) {
    head = {message.CommandField, response.MessageIDBeingRespondedTo, response.DimseStatus};
    return true;
  };
  switch (message.CommandField) {
  case DIMSE_C_STORE_RSP:
    return take(message.msg.CStoreRSP);
  case DIMSE_C_ECHO_RSP:
    return take(message.msg.CEchoRSP);
  case DIMSE_N_EVENT_REPORT_RSP:
    return take(message.msg.NEventReportRSP);
  default:
    return false;
  }
}

} // namespace

std::string status_text(uint16_t status) {
  char text[8];
  std::snprintf(text, sizeof text, "0x%04X", status);
  return text;
}

data_set_source source_of(blob bytes) {
  return [bytes = std::move(bytes)]() mutable -> caf::expected<blob> { return std::exchange(bytes, blob{}); };
}

caf::error send_message(T_ASC_Association* association, uint8_t context, const command_set& command,
                        const data_set_source& data_set) {
  auto bytes = command.encode(static_cast<bool>(data_set));
  if (auto err = write_pdv(association, context, DUL_COMMANDPDV, true, bytes.data(), bytes.size())) return err;
  return data_set ? write_data_set(association, context, data_set) : caf::error{};
}

caf::expected<uint16_t> send_store(T_ASC_Association* association, uint8_t context, const part10_meta& meta,
                                   const data_set_source& data_set, const move_originator& originator) {
  const auto message_id = association->nextMsgID++;
  command_set command{dimse::c_store_rq};
  command.uid(command_element::affected_sop_class, meta.sop_class_uid)
      .uid(command_element::affected_sop_instance, meta.sop_instance_uid)
      .number(command_element::message_id, message_id)
      .number(command_element::priority, 0);
  if (!originator.aet.empty()) {
    command.text(command_element::move_originator_aet, originator.aet)
        .number(command_element::move_originator_message_id, originator.message_id);
  }
  if (auto err = send_message(association, context, command, data_set)) return err;
  return uint16_t{message_id};
}

caf::expected<uint16_t> send_event_report(T_ASC_Association* association, uint8_t context, const event_report& event) {
  const auto message_id = association->nextMsgID++;
  command_set command{dimse::n_event_report_rq};
  command.uid(command_element::affected_sop_class, event.sop_class_uid)
      .uid(command_element::affected_sop_instance, event.sop_instance_uid)
      .number(command_element::message_id, message_id)
      .number(command_element::event_type_id, event.type);
  if (auto err = send_message(association, context, command, source_of(event.information))) return err;
  return uint16_t{message_id};
}

caf::expected<dimse_answer> receive_answer(T_ASC_Association* association, uint16_t request_field, uint16_t message_id,
                                           int timeout_s, const std::function<void(uint16_t)>& on_cancel) {
  for (;;) {
    T_DIMSE_Message response;
    std::memset(static_cast<void*>(&response), 0, sizeof response);
    T_ASC_PresentationContextID answered = 0;
    DcmDataset* detail = nullptr;
    const auto state = DIMSE_receiveCommand(association, DIMSE_NONBLOCKING, timeout_s, &answered, &response, &detail);
    const std::unique_ptr<DcmDataset> owned{detail};
    if (state.bad()) return lost(state.text());
    if (on_cancel && response.CommandField == DIMSE_C_CANCEL_RQ) {
      on_cancel(response.msg.CCancelRQ.MessageIDBeingRespondedTo);
      continue;
    }
    response_head head{};
    const bool is_answer = read_head(response, head) && head.responds_to == message_id &&
                           static_cast<uint16_t>(head.field) == (request_field | dimse::response_bit);
    if (!is_answer) return lost("the peer answered something else than was asked");
    OFString comment;
    if (owned) owned->findAndGetOFString(DCM_ErrorComment, comment);
    return dimse_answer{head.status, without_controls(trimmed(comment.c_str()))};
  }
}

} // namespace noctis
