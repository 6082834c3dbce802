#include "actors/association/association.hpp"

#include "actors/association/instance_receiver.hpp"
#include "dicom/text.hpp"

#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmnet/diutil.h>
#include <spdlog/spdlog.h>

#include <atomic>

namespace noctis {

namespace {

using clock = std::chrono::steady_clock;

constexpr uint64_t longest_command = uint64_t{1} << 20; // bytes, with the data of the same PDU
constexpr auto lease_patience = std::chrono::seconds{30};

int seconds(std::chrono::seconds value) { return static_cast<int>(value.count()); }

std::string next_request_id() {
  static std::atomic<uint64_t> counter{0};
  return "assoc-" + std::to_string(++counter);
}

/// Returns the status detail (PS3.7 C.4.2) that tells the peer why: Error Comment holds at most 64 characters.
std::unique_ptr<DcmDataset> status_detail(const std::string& reason) {
  constexpr size_t longest_comment = 64;
  auto detail = std::make_unique<DcmDataset>();
  detail->putAndInsertString(DCM_ErrorComment, reason.substr(0, longest_comment).c_str());
  return detail;
}

class session {
public:
  session(caf::blocking_actor* self, const association_context& context, const incoming_association& incoming)
      : self_(self), context_(context), association_(incoming.association), channel_(incoming.channel),
        lease_(self, context.budget) {
    who_.address = incoming.address;
  }
  session(const session&) = delete;
  session& operator=(const session&) = delete;
  ~session() {
    ASC_dropSCPAssociation(association_, 1);
    ASC_destroyAssociation(&association_);
  }

  void run() {
    if (!admit()) return;
    intake_ = self_->spawn<caf::linked>(intake, context_.directory, context_.options.intake);
    const auto end = serve();
    self_->unlink_from(intake_);
    self_->send_exit(intake_, caf::exit_reason::user_shutdown);
    spdlog::info("{} association from {} ({}) {}: {} stored, {} refused", who_.request_id, calling_, who_.address, end,
                 stored_, refused_);
  }

private:
  void reject(T_ASC_RejectParametersResult result, T_ASC_RejectParametersReason reason, const std::string& why) {
    const auto source = (reason >> 8) == 1 ? ASC_SOURCE_SERVICEUSER : ASC_SOURCE_SERVICEPROVIDER_PRESENTATION_RELATED;
    const T_ASC_RejectParameters parameters{result, source, reason};
    ASC_rejectAssociation(association_, &parameters);
    spdlog::warn("association from {} ({}) to {} rejected: {}", calling_, who_.address, called_, why);
  }

  bool admit() {
    char calling[DUL_LEN_TITLE + 1] = {};
    char called[DUL_LEN_TITLE + 1] = {};
    ASC_getAPTitles(association_->params, calling, sizeof(calling), called, sizeof(called), nullptr, 0);
    calling_ = without_controls(trimmed(calling));
    called_ = without_controls(trimmed(called));
    if (!is_called(context_.options.rules, called_)) {
      reject(ASC_RESULT_REJECTEDPERMANENT, ASC_REASON_SU_CALLEDAETITLENOTRECOGNIZED,
             "no such AE title here: it must be one of ours");
      return false;
    }
    caf::error refused;
    self_->request(context_.peers, std::chrono::seconds{10}, caller_request{calling_, called_, who_.address})
        .receive([this](principal& known) { who_ = std::move(known); },
                 [&](caf::error& error) { refused = std::move(error); });
    if (code_of(refused) == errc::permission_denied) {
      reject(ASC_RESULT_REJECTEDPERMANENT, ASC_REASON_SU_CALLINGAETITLENOTRECOGNIZED, reason_of(refused));
      return false;
    }
    if (refused) {
      reject(ASC_RESULT_REJECTEDTRANSIENT, ASC_REASON_SP_PRES_TEMPORARYCONGESTION, reason_of(refused));
      return false;
    }
    who_.request_id = next_request_id();
    negotiate(association_->params, context_.options.rules);
    if (ASC_acknowledgeAssociation(association_).bad()) return false;
    contexts_ = take_contexts(association_);
    return true;
  }

  /// Answers messages until the association ends; returns how it ended.
  std::string serve() {
    for (;;) {
      if (!wait_for_message()) {
        ASC_abortAssociation(association_);
        return "aborted: idle for too long, or the node stops";
      }
      T_ASC_PresentationContextID id = 0;
      T_DIMSE_Message message{};
      channel_->limit(longest_command);
      const auto received = DIMSE_receiveCommand(association_, DIMSE_NONBLOCKING,
                                                 seconds(context_.options.dimse_timeout), &id, &message, nullptr);
      channel_->limit(0);
      if (received == DUL_PEERREQUESTEDRELEASE) {
        ASC_acknowledgeRelease(association_);
        return "released";
      }
      if (received == DUL_PEERABORTEDASSOCIATION) return "aborted by the peer";
      if (received.bad() || answer(id, message).bad()) {
        ASC_abortAssociation(association_);
        return received.bad() ? std::string{"aborted: "} + received.text() : "aborted: the peer broke the protocol";
      }
    }
  }

  bool wait_for_message() {
    constexpr int brief = 1; // seconds
    if (channel_->wait_for_message(brief)) return true;
    lease_.give_back();
    return channel_->wait_for_message(seconds(context_.options.idle_timeout));
  }

  OFCondition answer(T_ASC_PresentationContextID id, T_DIMSE_Message& message) {
    switch (message.CommandField) {
    case DIMSE_C_ECHO_RQ:
      return DIMSE_sendEchoResponse(association_, id, &message.msg.CEchoRQ, STATUS_Success, nullptr);
    case DIMSE_C_STORE_RQ:
      return answer_store(id, message.msg.CStoreRQ);
    case DIMSE_C_CANCEL_RQ:
      return EC_Normal;
    default:
      spdlog::warn("{} unrecognized operation 0x{:04x}", who_.request_id, static_cast<unsigned>(message.CommandField));
      return DIMSE_BADCOMMANDTYPE;
    }
  }

  OFCondition answer_store(T_ASC_PresentationContextID id, const T_DIMSE_C_StoreRQ& request) {
    const auto context = contexts_.find(id);
    if (context == contexts_.end()) return DIMSE_BADDATA;
    if (request.DataSetType == DIMSE_DATASET_NULL) return respond(id, request, missing_data_set(), 0, 0);
    const auto no_memory = lease_.acquire(lease_patience);
    instance_receiver receiver{self_,     intake_,
                               lease_,    about(request, context->second.transfer_syntax),
                               expected_, context_.options.store_timeout};
    const auto received = receive_data_set(id, receiver, !no_memory);
    if (received.bad()) {
      receiver.drop();
      return received;
    }
    expected_ = receiver.bytes();
    const auto begin = clock::now();
    caf::error refused = no_memory;
    if (!refused) {
      auto outcome = receiver.finish();
      if (!outcome) refused = outcome.error();
    }
    const std::chrono::duration<double> took = clock::now() - begin;
    return respond(id, request, refused, receiver.bytes(), took.count());
  }

  static caf::error missing_data_set() { return failure(errc::malformed_data_set, "the C-STORE has no data set"); }

  [[nodiscard]] arrival about(const T_DIMSE_C_StoreRQ& request, const std::string& transfer_syntax) const {
    arrival result;
    result.from = who_;
    result.calling_aet = calling_;
    result.called_aet = called_;
    result.sop_class_uid = trimmed(request.AffectedSOPClassUID);
    result.sop_instance_uid = trimmed(request.AffectedSOPInstanceUID);
    result.transfer_syntax_uid = transfer_syntax;
    return result;
  }

  /// Takes the fragments of a data set, raw; with `keep` false they are only read over.
  OFCondition receive_data_set(T_ASC_PresentationContextID id, instance_receiver& receiver, bool keep) {
    for (;;) {
      DUL_PDV fragment;
      auto next = DUL_NextPDV(&association_->DULassociation, &fragment);
      if (next.bad()) {
        const auto read =
            DUL_ReadPDVs(&association_->DULassociation, nullptr, DUL_NOBLOCK, seconds(context_.options.dimse_timeout));
        if (read != DUL_PDATAPDUARRIVED) return read.good() ? OFCondition{DIMSE_READPDVFAILED} : read;
        continue;
      }
      if (fragment.pdvType != DUL_DATASETPDV || fragment.presentationContextID != id) return DIMSE_UNEXPECTEDPDVTYPE;
      if (keep) receiver.append(static_cast<const uint8_t*>(fragment.data), fragment.fragmentLength);
      if (fragment.lastPDV) return EC_Normal;
    }
  }

  OFCondition respond(T_ASC_PresentationContextID id, const T_DIMSE_C_StoreRQ& request, const caf::error& refused,
                      uint64_t bytes, double took) {
    T_DIMSE_C_StoreRSP response{};
    response.MessageIDBeingRespondedTo = request.MessageID;
    response.DimseStatus = dimse_status(code_of(refused));
    response.DataSetType = DIMSE_DATASET_NULL;
    OFStandard::strlcpy(response.AffectedSOPClassUID, request.AffectedSOPClassUID, sizeof(DIC_UI));
    OFStandard::strlcpy(response.AffectedSOPInstanceUID, request.AffectedSOPInstanceUID, sizeof(DIC_UI));
    response.opts = O_STORE_AFFECTEDSOPCLASSUID | O_STORE_AFFECTEDSOPINSTANCEUID;
    std::unique_ptr<DcmDataset> detail;
    if (refused) {
      ++refused_;
      detail = status_detail(reason_of(refused));
      spdlog::warn("{} C-STORE of {} from {} refused with 0x{:04x}: {}", who_.request_id,
                   shown(request.AffectedSOPInstanceUID), calling_, static_cast<unsigned>(response.DimseStatus),
                   reason_of(refused));
    } else {
      ++stored_;
    }
    self_->send(context_.observer, store_observed{response.DimseStatus, bytes, took});
    const auto sent = DIMSE_sendStoreResponse(association_, id, &request, &response, detail.get());
    // Out of time, the intake still works on the instance: this association can take no other.
    return code_of(refused) == errc::timeout ? OFCondition{DIMSE_OUTOFRESOURCES} : sent;
  }

  caf::blocking_actor* self_;
  const association_context& context_;
  T_ASC_Association* association_;
  dicom_connection* channel_;
  memory_lease lease_;
  intake_actor intake_;
  principal who_;
  std::map<T_ASC_PresentationContextID, accepted_context> contexts_;
  std::string calling_;
  std::string called_;
  size_t expected_ = 0; ///< bytes of the last data set: the next is likely as long
  uint64_t stored_ = 0;
  uint64_t refused_ = 0;
};

} // namespace

void association(caf::blocking_actor* self, const association_context& context, const incoming_association& incoming) {
  session{self, context, incoming}.run();
}

} // namespace noctis
