#include "actors/association/services/get.hpp"

#include "actors/association/services/retrieval.hpp"
#include "actors/network/outgoing_instance.hpp"
#include "actors/storage/stored_instance.hpp"
#include "dicom/network/dimse_message.hpp"

#include <spdlog/spdlog.h>

namespace noctis {

namespace {

/// One C-GET while it is answered.
class getting {
public:
  getting(dialogue& with, const retrieval_request& request, uint64_t total)
      : with_(with), request_(request), done_(total) {}

  OFCondition run(retrieved_instances& instances) {
    for (;;) {
      const auto page = instances.next_page();
      if (!page) return with_.refuse(request_.head, retrieval_status(page.error()), reason_of(page.error()));
      if (page->empty()) break;
      for (const auto& row : *page) {
        OFCondition ended = EC_Normal;
        cancelled_ = cancelled_ || with_.is_cancelled(request_.head, ended);
        if (ended.bad()) return ended;
        if (cancelled_) return with_.send(request_.head, done_.progress(request_.head, status::cancelled));
        if (const auto sent = send(row); sent.bad()) return sent;
        const auto told = with_.send(request_.head, done_.progress(request_.head, status::pending));
        if (told.bad()) return told;
      }
    }
    spdlog::info("{} C-GET of {}: {}", with_.who.request_id, with_.calling, done_.summary());
    return done_.conclude(with_, request_);
  }

private:
  /// Sends one instance. Bad when the association is of no more use.
  OFCondition send(const image_row& row) {
    auto stored = stored_instance::open(with_.self, with_.context.directory, row.locations);
    if (!stored) return note_failure(row, stored.error());
    const auto outgoing = prepare(stored->source(), [this](const std::string& sop_class, const std::string& syntax) {
      return with_.storage_context(sop_class, syntax) != 0;
    });
    if (!outgoing) return note_failure(row, outgoing.error());
    const auto& meta = outgoing->meta;
    const auto context = with_.storage_context(meta.sop_class_uid, meta.transfer_syntax_uid);
    const auto message_id = send_store(with_.association, context, meta, outgoing->data_set);
    if (!message_id) return broken(message_id.error());
    const auto answer = receive_answer(with_.association, dimse::c_store_rq, *message_id, with_.timeout_s(),
                                       [this](uint16_t id) { cancelled_ = id == request_.head.message_id; });
    if (!answer) return broken(answer.error());
    done_.note(row, answer);
    return EC_Normal;
  }

  OFCondition note_failure(const image_row& row, const caf::error& error) {
    done_.note(row, error);
    return EC_Normal;
  }

  OFCondition broken(const caf::error& error) {
    spdlog::warn("{} C-GET of {} broke: {}", with_.who.request_id, with_.calling, reason_of(error));
    return DIMSE_SENDFAILED;
  }

  dialogue& with_;
  const retrieval_request& request_;
  suboperations done_;
  bool cancelled_ = false;
};

} // namespace

OFCondition answer_get(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_C_GetRQ& command) {
  retrieval_request request;
  request.head = {id, DIMSE_C_GET_RQ, command.MessageID, command.AffectedSOPClassUID};
  if (command.DataSetType == DIMSE_DATASET_NULL) return DIMSE_BADDATA;
  bool understood = false;
  if (const auto received = receive_retrieval(with, service_operation::get, request, understood); !understood)
    return received;
  retrieved_instances instances{with};
  const auto total = instances.find(request.plan);
  if (!total) return with.refuse(request.head, retrieval_status(total.error()), reason_of(total.error()));
  return getting{with, request, *total}.run(instances);
}

} // namespace noctis
