#include "bench/fleet/association.hpp"

#include <dcmtk/dcmnet/dcmlayer.h>
#include <dcmtk/dcmnet/dcmtrans.h>
#include <dcmtk/dcmnet/dimse.h>
#include <dcmtk/oflog/oflog.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace noctis::bench {

namespace {

/// A plain connection that tells its socket, so that data sets can be written past the library's buffers.
class open_connection : public DcmTCPConnection {
public:
  using DcmTCPConnection::DcmTCPConnection;
  [[nodiscard]] int socket() { return getSocket(); }
};

class open_transport : public DcmTransportLayer {
public:
  DcmTransportConnection* createConnection(DcmNativeSocketType socket, OFBool secure) override {
    return secure ? nullptr : new open_connection(socket);
  }
};

void check(const OFCondition& condition, const char* what) {
  if (condition.bad()) throw std::runtime_error(std::string(what) + ": " + condition.text());
}

} // namespace

void prepare_network(const peer& to) {
  std::signal(SIGPIPE, SIG_IGN);
  OFLog::configure(OFLogger::OFF_LOG_LEVEL);
  ::setenv("TCP_NODELAY", to.nodelay ? "1" : "0", 1);
  dcmDisableGethostbyaddr.set(OFTrue);
  dcmConnectionTimeout.set(static_cast<Sint32>(to.timeout.count()));
  dcmSocketSendTimeout.set(static_cast<Sint32>(to.timeout.count()));
}

association::association(const peer& to, const std::vector<slice>& slices)
    : timeout_{static_cast<int>(to.timeout.count())} {
  check(ASC_initializeNetwork(NET_REQUESTOR, 0, timeout_, &network_), "network");
  T_ASC_Parameters* parameters = nullptr;
  try {
    check(ASC_setTransportLayer(network_, new open_transport, 1), "transport");
    check(ASC_createAssociationParameters(&parameters, ASC_MAXIMUMPDUSIZE), "parameters");
    ASC_setAPTitles(parameters, to.calling.c_str(), to.called.c_str(), nullptr);
    ASC_setPresentationAddresses(parameters, "localhost", (to.host + ':' + std::to_string(to.port)).c_str());
    propose(*parameters, slices);
  } catch (...) {
    ASC_destroyAssociationParameters(&parameters);
    ASC_dropNetwork(&network_);
    throw;
  }
  const auto asked = ASC_requestAssociation(network_, parameters, &association_);
  if (asked.bad()) {
    const std::string reason = asked.text();
    if (association_ == nullptr) ASC_destroyAssociationParameters(&parameters);
    ASC_destroyAssociation(&association_);
    ASC_dropNetwork(&network_);
    throw std::runtime_error("association: " + reason);
  }
  auto* transport = DUL_getTransportConnection(association_->DULassociation);
  writer_.emplace(static_cast<open_connection*>(transport)->socket(), association_->sendPDVLength, to.nodelay);
}

void association::propose(T_ASC_Parameters& parameters, const std::vector<slice>& slices) {
  for (const auto& one : slices) {
    const auto id = static_cast<T_ASC_PresentationContextID>(2 * contexts_.size() + 1);
    if (contexts_.size() == 128 || !contexts_.emplace(context_key{one.sop_class, one.transfer_syntax}, id).second)
      continue;
    const char* syntaxes[] = {one.transfer_syntax.c_str()};
    check(ASC_addPresentationContext(&parameters, id, one.sop_class.c_str(), syntaxes, 1), "presentation context");
  }
}

association::~association() {
  if (association_ != nullptr) {
    ASC_abortAssociation(association_);
    ASC_destroyAssociation(&association_);
  }
  ASC_dropNetwork(&network_);
}

std::uint16_t association::store(const payload& data, const slice& original) {
  const auto context = contexts_.find({original.sop_class, original.transfer_syntax});
  T_ASC_PresentationContext accepted{};
  if (context == contexts_.end() ||
      ASC_findAcceptedPresentationContext(association_->params, context->second, &accepted).bad() ||
      accepted.resultReason != ASC_P_ACCEPTANCE)
    throw std::runtime_error("no accepted presentation context for " + original.sop_class);
  writer_->store_request(context->second, association_->nextMsgID++, data);

  T_DIMSE_Message response{};
  T_ASC_PresentationContextID id = 0;
  DcmDataset* detail = nullptr;
  const auto received = DIMSE_receiveCommand(association_, DIMSE_NONBLOCKING, timeout_, &id, &response, &detail);
  delete detail;
  check(received, "response");
  if (response.CommandField != DIMSE_C_STORE_RSP) throw std::runtime_error("the response is no C-STORE-RSP");
  return response.msg.CStoreRSP.DimseStatus;
}

void association::release() {
  ASC_releaseAssociation(association_);
  ASC_destroyAssociation(&association_);
}

} // namespace noctis::bench
