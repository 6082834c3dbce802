#include "actors/association/association.hpp"

#include "actors/association/dialogue.hpp"
#include "actors/association/services/commitment.hpp"
#include "actors/association/services/find.hpp"
#include "actors/association/services/get.hpp"
#include "actors/association/services/move.hpp"
#include "actors/association/services/performed_steps.hpp"
#include "actors/association/services/store.hpp"
#include "dicom/text.hpp"

#include <dcmtk/dcmnet/diutil.h>
#include <spdlog/spdlog.h>

#include <atomic>

namespace noctis {

namespace {

constexpr uint64_t longest_command = uint64_t{1} << 20; // bytes, with the data of the same PDU

int seconds(std::chrono::seconds value) { return static_cast<int>(value.count()); }

std::string next_request_id() {
  static std::atomic<uint64_t> counter{0};
  return "assoc-" + std::to_string(++counter);
}

void reject(const dialogue& with, T_ASC_RejectParametersResult result, T_ASC_RejectParametersReason reason,
            const std::string& why) {
  const auto source = (reason >> 8) == 1 ? ASC_SOURCE_SERVICEUSER : ASC_SOURCE_SERVICEPROVIDER_PRESENTATION_RELATED;
  const T_ASC_RejectParameters parameters{result, source, reason};
  ASC_rejectAssociation(with.association, &parameters);
  spdlog::warn("association from {} ({}) to {} rejected: {}", with.calling, with.who.address, with.called, why);
}

/// Answers the association request; false where it was rejected.
bool admit(dialogue& with) {
  const auto& options = with.context.options;
  auto* parameters = with.association->params;
  char calling[DUL_LEN_TITLE + 1] = {};
  char called[DUL_LEN_TITLE + 1] = {};
  ASC_getAPTitles(parameters, calling, sizeof(calling), called, sizeof(called), nullptr, 0);
  with.calling = without_controls(trimmed(calling));
  with.called = without_controls(trimmed(called));
  if (!is_called(options.rules, with.called)) {
    reject(with, ASC_RESULT_REJECTEDPERMANENT, ASC_REASON_SU_CALLEDAETITLENOTRECOGNIZED,
           "no such AE title here: it must be one of ours");
    return false;
  }
  caf::error refused;
  with.self
      ->request(with.context.peers, std::chrono::seconds{10},
                caller_request{with.calling, with.called, with.who.address})
      .receive([&](principal& known) { with.who = std::move(known); },
               [&](caf::error& error) { refused = std::move(error); });
  if (code_of(refused) == errc::permission_denied) {
    reject(with, ASC_RESULT_REJECTEDPERMANENT, ASC_REASON_SU_CALLINGAETITLENOTRECOGNIZED, reason_of(refused));
    return false;
  }
  if (refused) {
    reject(with, ASC_RESULT_REJECTEDTRANSIENT, ASC_REASON_SP_PRES_TEMPORARYCONGESTION, reason_of(refused));
    return false;
  }
  with.who.request_id = next_request_id();
  negotiate(parameters, options.rules);
  with.features = granted_features(parameters);
  if (ASC_acknowledgeAssociation(with.association).bad()) return false;
  with.contexts = take_contexts(with.association);
  return true;
}

/// Reads commands and hands them to the services.
class session {
public:
  explicit session(dialogue& with) : with_(with), store_(with), commitment_(with) {}

  /// Answers messages until the association ends.
  void run() {
    const auto end = serve();
    spdlog::info("{} association from {} ({}) {}: {} stored, {} refused", with_.who.request_id, with_.calling,
                 with_.who.address, end, store_.stored(), store_.refused());
  }

private:
  std::string serve() {
    for (;;) {
      if (!wait_for_message()) {
        ASC_abortAssociation(with_.association);
        return "aborted: idle for too long, its report unheard, or the node stops";
      }
      T_ASC_PresentationContextID id = 0;
      T_DIMSE_Message message{};
      with_.channel->limit(longest_command);
      const auto received =
          DIMSE_receiveCommand(with_.association, DIMSE_NONBLOCKING, with_.timeout_s(), &id, &message, nullptr);
      with_.channel->limit(0);
      const auto done = received.good() ? answer(id, message) : received;
      if (done == DUL_PEERREQUESTEDRELEASE) {
        ASC_acknowledgeRelease(with_.association);
        return "released";
      }
      if (done == DUL_PEERABORTEDASSOCIATION) return "aborted by the peer";
      if (done.bad()) {
        ASC_abortAssociation(with_.association);
        return received.bad() ? std::string{"aborted: "} + received.text() : "aborted: the peer broke the protocol";
      }
    }
  }

  bool wait_for_message() {
    constexpr int brief = 1; // seconds
    if (with_.channel->wait_for_message(brief)) return true;
    store_.rest();
    if (commitment_.has_pending() && commitment_.report().bad()) return false;
    return with_.channel->wait_for_message(seconds(with_.context.options.idle_timeout));
  }

  OFCondition answer(T_ASC_PresentationContextID id, T_DIMSE_Message& message) {
    switch (message.CommandField) {
    case DIMSE_C_ECHO_RQ:
      return DIMSE_sendEchoResponse(with_.association, id, &message.msg.CEchoRQ, STATUS_Success, nullptr);
    case DIMSE_C_STORE_RQ:
      return store_.answer(id, message.msg.CStoreRQ);
    case DIMSE_C_FIND_RQ:
      return answer_find(with_, id, message.msg.CFindRQ);
    case DIMSE_C_MOVE_RQ:
      return answer_move(with_, id, message.msg.CMoveRQ);
    case DIMSE_C_GET_RQ:
      return answer_get(with_, id, message.msg.CGetRQ);
    case DIMSE_N_ACTION_RQ:
      return commitment_.answer(id, message.msg.NActionRQ);
    case DIMSE_N_CREATE_RQ:
      return answer_create(with_, id, message.msg.NCreateRQ);
    case DIMSE_N_SET_RQ:
      return answer_set(with_, id, message.msg.NSetRQ);
    case DIMSE_C_CANCEL_RQ:
      return EC_Normal; // what it withdraws has been answered
    default:
      spdlog::warn("{} unrecognized operation 0x{:04x}", with_.who.request_id,
                   static_cast<unsigned>(message.CommandField));
      return DIMSE_BADCOMMANDTYPE;
    }
  }

  dialogue& with_;
  store_provider store_;
  commitment_provider commitment_;
};

} // namespace

void association(caf::blocking_actor* self, const association_context& context, const incoming_association& incoming) {
  dialogue with{self, context, incoming};
  if (admit(with)) session{with}.run();
}

} // namespace noctis
