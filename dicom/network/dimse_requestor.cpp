#include "dicom/network/dimse_requestor.hpp"

#include "dicom/network/dimse_message.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/dcmlayer.h>
#include <dcmtk/dcmnet/dcmtrans.h>
#include <dcmtk/dcmnet/dimse.h>
#include <dcmtk/dcmnet/dul.h>

#include <algorithm>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace noctis {

namespace {

constexpr int connection_timeout = 10; // seconds
constexpr int answer_timeout = 15;     // seconds, to a request for an association
constexpr size_t longest_aet = 16;

/// Connections without Nagle's algorithm, which delays each small command until the last one is acknowledged.
class prompt_connection : public DcmTCPConnection {
public:
  explicit prompt_connection(DcmNativeSocketType socket) : DcmTCPConnection(socket) {
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
};

class prompt_layer : public DcmTransportLayer {
public:
  DcmTransportConnection* createConnection(DcmNativeSocketType socket, OFBool secure) override {
    return secure ? nullptr : new prompt_connection(socket); // DCMTK owns it
  }
};

void prepare_dcmtk() {
  static const bool ready = [] {
    dcmDisableGethostbyaddr.set(OFTrue);
    dcmConnectionTimeout.set(connection_timeout);
    return true;
  }();
  static_cast<void>(ready);
}

caf::error check_peer(const scu_peer& peer) {
  const auto is_aet = [](const std::string& title) {
    return !trimmed(title).empty() && title.size() <= longest_aet &&
           std::all_of(title.begin(), title.end(), [](char c) { return c >= 0x20 && c < 0x7F && c != '\\'; });
  };
  if (!is_aet(peer.called_aet)) return failure(errc::invalid_argument, "no AE title: " + shown(peer.called_aet));
  if (!is_aet(peer.calling_aet)) return failure(errc::invalid_argument, "no AE title: " + shown(peer.calling_aet));
  const bool is_host = !peer.host.empty() &&
                       std::all_of(peer.host.begin(), peer.host.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!is_host || peer.port == 0)
    return failure(errc::invalid_argument, "no host and port: " + shown(peer.host) + " " + std::to_string(peer.port));
  return caf::none;
}

std::string address_of(const scu_peer& peer) { return peer.host + ":" + std::to_string(peer.port); }

} // namespace

struct dimse_requestor::dul {
  ~dul() {
    drop();
    if (network != nullptr) ASC_dropNetwork(&network);
  }

  void drop() {
    if (association == nullptr) return;
    ASC_abortAssociation(association);
    ASC_destroyAssociation(&association);
  }

  prompt_layer layer;
  T_ASC_Network* network = nullptr;
  T_ASC_Association* association = nullptr;
};

dimse_requestor::dimse_requestor() : dul_(std::make_unique<dul>()) { prepare_dcmtk(); }

dimse_requestor::~dimse_requestor() { release(); }

caf::error dimse_requestor::connect(const scu_peer& peer, const std::vector<offered_context>& contexts) {
  if (auto err = check_peer(peer)) return err;
  response_timeout_ = static_cast<int>(std::max<std::chrono::seconds::rep>(peer.response_timeout.count(), 1));
  auto state = ASC_initializeNetwork(NET_REQUESTOR, 0, std::min(response_timeout_, answer_timeout), &dul_->network);
  if (state.good()) state = ASC_setTransportLayer(dul_->network, &dul_->layer, 0);
  T_ASC_Parameters* parameters = nullptr;
  if (state.good()) state = ASC_createAssociationParameters(&parameters, ASC_DEFAULTMAXPDU);
  if (state.good()) state = ASC_setAPTitles(parameters, peer.calling_aet.c_str(), peer.called_aet.c_str(), nullptr);
  if (state.good()) state = ASC_setPresentationAddresses(parameters, "localhost", address_of(peer).c_str());
  T_ASC_PresentationContextID id = 1;
  for (const auto& one : contexts) {
    const char* syntax = one.transfer_syntax_uid.c_str();
    const auto role = one.as_provider ? ASC_SC_ROLE_SCP : ASC_SC_ROLE_DEFAULT;
    if (state.good()) state = ASC_addPresentationContext(parameters, id, one.sop_class_uid.c_str(), &syntax, 1, role);
    id = static_cast<T_ASC_PresentationContextID>(id + 2);
  }
  if (state.bad()) {
    if (parameters != nullptr) ASC_destroyAssociationParameters(&parameters);
    return failure(errc::internal, std::string{"cannot prepare an association: "} + state.text());
  }
  state = ASC_requestAssociation(dul_->network, parameters, &dul_->association); // takes the parameters
  if (state == DUL_ASSOCIATIONREJECTED) {
    T_ASC_RejectParameters rejection;
    ASC_getRejectParameters(parameters, &rejection);
    OFString reason;
    ASC_printRejectParameters(reason, &rejection);
    std::string line{reason.c_str()};
    std::replace(line.begin(), line.end(), '\n', ' ');
    ASC_destroyAssociation(&dul_->association);
    return failure(errc::peer_refused, address_of(peer) + " rejected the association: " + line);
  }
  if (state.bad()) {
    if (dul_->association != nullptr) ASC_destroyAssociation(&dul_->association);
    return failure(errc::peer_unreachable, "no association with " + address_of(peer) + ": " + state.text());
  }
  if (ASC_countAcceptedPresentationContexts(parameters) == 0) {
    release();
    return failure(errc::peer_refused, address_of(peer) + " accepted none of the presentation contexts");
  }
  return caf::none;
}

uint8_t dimse_requestor::context_for(const std::string& sop_class_uid, const std::string& transfer_syntax_uid) const {
  if (dul_->association == nullptr) return 0;
  const auto id =
      ASC_findAcceptedPresentationContextID(dul_->association, sop_class_uid.c_str(), transfer_syntax_uid.c_str());
  T_ASC_PresentationContext context;
  if (id == 0 || ASC_findAcceptedPresentationContext(dul_->association->params, id, &context).bad()) return 0;
  const bool same = sop_class_uid == context.abstractSyntax && transfer_syntax_uid == context.acceptedTransferSyntax;
  return same ? id : uint8_t{0};
}

caf::error dimse_requestor::lost(const std::string& reason) {
  dul_->drop();
  return failure(errc::peer_unreachable, "the association is lost: " + reason);
}

caf::expected<uint16_t> dimse_requestor::echo() {
  DIC_US status = 0;
  auto* association = dul_->association;
  const auto state =
      DIMSE_echoUser(association, association->nextMsgID++, DIMSE_NONBLOCKING, response_timeout_, &status, nullptr);
  if (state.bad()) return lost(state.text());
  return uint16_t{status};
}

/// Waits for the answer to what was sent; an association that failed is dropped.
caf::expected<dimse_answer> dimse_requestor::answer_to(uint16_t request_field,
                                                       const caf::expected<uint16_t>& message_id) {
  if (!message_id) {
    dul_->drop();
    return message_id.error();
  }
  auto answer = receive_answer(dul_->association, request_field, *message_id, response_timeout_);
  if (!answer) dul_->drop();
  return answer;
}

caf::expected<dimse_answer> dimse_requestor::store(uint8_t context, const part10_meta& meta,
                                                   const data_set_source& data_set, const move_originator& originator) {
  if (dul_->association == nullptr) return failure(errc::peer_unreachable, "the association is lost");
  return answer_to(dimse::c_store_rq, send_store(dul_->association, context, meta, data_set, originator));
}

caf::expected<dimse_answer> dimse_requestor::report_event(uint8_t context, const event_report& event) {
  if (dul_->association == nullptr) return failure(errc::peer_unreachable, "the association is lost");
  return answer_to(dimse::n_event_report_rq, send_event_report(dul_->association, context, event));
}

void dimse_requestor::release() {
  if (dul_->association == nullptr) return;
  if (ASC_releaseAssociation(dul_->association).bad()) ASC_abortAssociation(dul_->association);
  ASC_destroyAssociation(&dul_->association);
}

} // namespace noctis
