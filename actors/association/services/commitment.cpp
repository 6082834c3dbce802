#include "actors/association/services/commitment.hpp"

#include "actors/system/ask_index.hpp"
#include "dicom/json/json.hpp"
#include "dicom/network/dimse_message.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace noctis {

namespace {

constexpr uint16_t request_commitment = 1; // Action Type ID (PS3.4 table J.3-1)
constexpr auto job_delay = std::chrono::milliseconds{5000};
constexpr int32_t most_attempts = 20; // over more than two hours, for a modality may be switched off

jobs_actor jobs_of(const index_service& index) { return index.jobs; }

uint16_t status_of(const caf::error& error) {
  switch (code_of(error)) {
  case errc::missing_identifier:
    return status::missing_attribute;
  case errc::invalid_identifier:
  case errc::invalid_argument:
    return status::invalid_argument;
  default:
    return status::processing_failure;
  }
}

caf::expected<commitment_request> read_action(const std::vector<uint8_t>& bytes, const std::string& syntax) {
  const auto json = data_set_json(bytes.data(), bytes.size(), syntax);
  if (!json) return json.error();
  return read_commitment(*json);
}

} // namespace

caf::expected<int64_t> commitment_provider::submit(const commitment_request& request) {
  job_submission job;
  job.who = with_.who;
  job.queue = commitment_queue;
  job.payload = to_payload(request);
  job.unique_key = "commitment/" + with_.calling + "/" + request.transaction_uid;
  job.max_attempts = most_attempts;
  job.delay_ms = job_delay.count();
  return ask_index<int64_t>(with_.self, with_.context.directory, jobs_of, job);
}

OFCondition commitment_provider::answer(T_ASC_PresentationContextID id, const T_DIMSE_N_ActionRQ& command) {
  const request_head head{id, DIMSE_N_ACTION_RQ, command.MessageID, command.RequestedSOPClassUID};
  const auto context = with_.contexts.find(id);
  if (context == with_.contexts.end()) return DIMSE_BADDATA;
  std::vector<uint8_t> bytes;
  if (command.DataSetType != DIMSE_DATASET_NULL) {
    if (const auto received = with_.receive_identifier(id, bytes); received.bad()) return received;
  }
  if (command.RequestedSOPClassUID != storage_commitment_class ||
      context->second.abstract_syntax != storage_commitment_class)
    return with_.refuse(head, status::sop_class_not_supported, "no such service in this presentation context");
  if (command.RequestedSOPInstanceUID != storage_commitment_instance)
    return with_.refuse(head, status::no_such_sop_instance, "not the well-known instance of storage commitment");
  if (command.ActionTypeID != request_commitment)
    return with_.refuse(head, status::no_such_action, "the only action is 1, Request Storage Commitment");
  auto request = read_action(bytes, context->second.transfer_syntax);
  if (!request) return with_.refuse(head, status_of(request.error()), reason_of(request.error()));
  request->calling_aet = with_.calling;
  request->facility = with_.who.facilities.empty() ? 0 : with_.who.facilities.front();
  const auto job = submit(*request);
  if (!job) return with_.refuse(head, status::processing_failure, reason_of(job.error()));
  spdlog::info("{} storage commitment of {} instances for {} is job {}", with_.who.request_id,
               request->references.size(), with_.calling, *job);
  auto response = response_to(head, status::success);
  response.uid(command_element::affected_sop_instance, storage_commitment_instance)
      .number(command_element::action_type_id, request_commitment);
  pending_.push_back({id, std::move(*request), *job, clock::now() + job_delay});
  return with_.send(head, response);
}

OFCondition commitment_provider::report() {
  for (const auto& one : std::exchange(pending_, {})) {
    if (const auto reported = report(one); reported.bad()) return reported;
  }
  return EC_Normal;
}

/// Reports one, unless its job may have begun meanwhile, something cannot be told now or the peer goes on: then the job
/// does.
OFCondition commitment_provider::report(const promised& one) {
  const auto in_time = [&] { return clock::now() + std::chrono::seconds{1} < one.due; };
  const auto result = check_commitment(with_.self, with_.context.directory, with_.who, one.request, in_time);
  const bool peer_speaks = ASC_dataWaiting(with_.association, 0) != 0; // perhaps of its release
  if (!result.unknown.empty() || !in_time() || peer_speaks) return EC_Normal;
  const auto event = report_of(one.request, result, with_.contexts.at(one.context).transfer_syntax);
  if (!event) return EC_Normal;
  const auto message_id = send_event_report(with_.association, one.context, *event);
  if (!message_id) return DIMSE_SENDFAILED;
  const auto answer = receive_answer(with_.association, dimse::n_event_report_rq, *message_id, with_.timeout_s());
  if (!answer) return DIMSE_RECEIVEFAILED;
  if (is_success(answer->status))
    ask_index<job>(with_.self, with_.context.directory, jobs_of, cancel_atom::value, system_principal("commitment"),
                   one.job);
  return EC_Normal;
}

} // namespace noctis
