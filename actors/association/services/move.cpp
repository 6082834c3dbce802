#include "actors/association/services/move.hpp"

#include "actors/association/services/retrieval.hpp"
#include "actors/network/transfer.hpp"
#include "actors/system/ask_index.hpp"
#include "dicom/text.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace noctis {

namespace {

/// Returns the registered application entity `title`, as far as the caller may know of it.
caf::expected<ae_row> find_destination(dialogue& with, const std::string& title) {
  auto list = ask_index<ae_list>(with.self, with.context.directory, query_of, list_atom::value, with.who);
  if (!list) return std::move(list.error());
  const auto found = std::find_if(list->entities.begin(), list->entities.end(),
                                  [&](const ae_row& row) { return row.title == title && !row.host.empty(); });
  if (found == list->entities.end())
    return failure(errc::not_found, "Move Destination is not registered: " + shown(title));
  return std::move(*found);
}

OFCondition send_all(dialogue& with, const retrieval_request& request, retrieved_instances& instances, uint64_t total,
                     transfer& sending) {
  suboperations done{total};
  for (;;) {
    const auto page = instances.next_page();
    if (!page) return with.refuse(request.head, retrieval_status(page.error()), reason_of(page.error()));
    if (page->empty()) break;
    sending.expect(*page);
    for (const auto& row : *page) {
      OFCondition ended = EC_Normal;
      const bool cancelled = with.is_cancelled(request.head, ended);
      if (ended.bad()) return ended;
      if (cancelled) {
        spdlog::info("{} C-MOVE of {} cancelled: {}", with.who.request_id, with.calling, done.summary());
        return with.send(request.head, done.progress(request.head, status::cancelled));
      }
      done.note(row, sending.send(row));
      const auto told = with.send(request.head, done.progress(request.head, status::pending));
      if (told.bad()) return told;
    }
  }
  sending.close();
  spdlog::info("{} C-MOVE of {}: {}", with.who.request_id, with.calling, done.summary());
  return done.conclude(with, request);
}

} // namespace

OFCondition answer_move(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_C_MoveRQ& command) {
  retrieval_request request;
  request.head = {id, DIMSE_C_MOVE_RQ, command.MessageID, command.AffectedSOPClassUID};
  if (command.DataSetType == DIMSE_DATASET_NULL) return DIMSE_BADDATA;
  bool understood = false;
  if (const auto received = receive_retrieval(with, service_operation::move, request, understood); !understood)
    return received;
  const auto destination = find_destination(with, std::string{trimmed(command.MoveDestination)});
  if (!destination) {
    const bool unknown = code_of(destination.error()) == errc::not_found;
    return with.refuse(request.head, unknown ? status::destination_unknown : retrieval_status(destination.error()),
                       reason_of(destination.error()));
  }
  retrieved_instances instances{with};
  const auto total = instances.find(request.plan);
  if (!total) return with.refuse(request.head, retrieval_status(total.error()), reason_of(total.error()));
  const scu_peer peer{destination->host, static_cast<uint16_t>(destination->port), destination->title,
                      with.context.options.calling_title, with.context.options.suboperation_timeout};
  transfer sending{with.self, with.context.directory, peer, {with.calling, command.MessageID}};
  return send_all(with, request, instances, *total, sending);
}

} // namespace noctis
