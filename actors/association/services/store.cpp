#include "actors/association/services/store.hpp"

#include "dicom/text.hpp"

#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmnet/diutil.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace noctis {

namespace {

using clock = std::chrono::steady_clock;

constexpr auto lease_patience = std::chrono::seconds{30};

/// Returns the status detail (PS3.7 C.4.2) that tells the peer why: Error Comment holds at most 64 characters.
std::unique_ptr<DcmDataset> status_detail(const std::string& reason) {
  constexpr size_t longest_comment = 64;
  auto detail = std::make_unique<DcmDataset>();
  detail->putAndInsertString(DCM_ErrorComment, reason.substr(0, longest_comment).c_str());
  return detail;
}

} // namespace

store_provider::store_provider(dialogue& with)
    : with_(with), lease_(with.self, with.context.budget),
      intake_(with.self->spawn<caf::linked>(intake, with.context.directory, with.context.options.intake)) {}

store_provider::~store_provider() {
  with_.self->unlink_from(intake_);
  with_.self->send_exit(intake_, caf::exit_reason::user_shutdown);
}

OFCondition store_provider::answer(T_ASC_PresentationContextID id, const T_DIMSE_C_StoreRQ& request) {
  const auto context = with_.contexts.find(id);
  if (context == with_.contexts.end()) return DIMSE_BADDATA;
  if (request.DataSetType == DIMSE_DATASET_NULL)
    return respond(id, request, failure(errc::malformed_data_set, "the C-STORE has no data set"), 0, 0);
  const auto no_memory = lease_.acquire(lease_patience);
  instance_receiver receiver{with_.self, intake_,
                             lease_,     about(request, context->second.transfer_syntax),
                             expected_,  with_.context.options.store_timeout};
  const auto received = with_.receive_data_set(id, [&](const uint8_t* data, size_t size) {
    if (!no_memory) receiver.append(data, size);
  });
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

arrival store_provider::about(const T_DIMSE_C_StoreRQ& request, const std::string& transfer_syntax) const {
  arrival result;
  result.from = with_.who;
  result.calling_aet = with_.calling;
  result.called_aet = with_.called;
  result.sop_class_uid = trimmed(request.AffectedSOPClassUID);
  result.sop_instance_uid = trimmed(request.AffectedSOPInstanceUID);
  result.transfer_syntax_uid = transfer_syntax;
  return result;
}

OFCondition store_provider::respond(T_ASC_PresentationContextID id, const T_DIMSE_C_StoreRQ& request,
                                    const caf::error& refused, uint64_t bytes, double took) {
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
    spdlog::warn("{} C-STORE of {} from {} refused with {}: {}", with_.who.request_id,
                 shown(request.AffectedSOPInstanceUID), with_.calling, status_text(response.DimseStatus),
                 reason_of(refused));
  } else {
    ++stored_;
  }
  with_.self->send(with_.context.observer, store_observed{response.DimseStatus, bytes, took});
  const auto sent = DIMSE_sendStoreResponse(with_.association, id, &request, &response, detail.get());
  // Out of time, the intake still works on the instance: this association can take no other.
  return code_of(refused) == errc::timeout ? OFCondition{DIMSE_OUTOFRESOURCES} : sent;
}

} // namespace noctis
