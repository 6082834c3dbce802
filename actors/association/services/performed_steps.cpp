#include "actors/association/services/performed_steps.hpp"

#include "actors/system/ask_index.hpp"
#include "dicom/json/json.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"

#include <spdlog/spdlog.h>

namespace noctis {

namespace {

editor_actor editor_of(const index_service& index) { return index.editor; }

/// The status with which a step that is not taken is answered (PS3.7 10.1.3.1.9, 10.1.5.1.9, PS3.4 F.7.2).
uint16_t status_of(const caf::error& error, bool creates) {
  switch (code_of(error)) {
  case errc::not_found:
    return status::no_such_sop_instance;
  case errc::state_conflict: // an N-SET's step may no longer be changed (PS3.4 F.7.2.2.2)
    return creates ? status::duplicate_sop_instance : status::processing_failure;
  case errc::missing_identifier:
    return status::missing_attribute;
  case errc::invalid_argument:
  case errc::invalid_identifier:
    return status::invalid_attribute_value;
  case errc::permission_denied:
    return status::not_authorized;
  default:
    return status::processing_failure;
  }
}

/// Receives the attributes, gives them to the editor and answers.
OFCondition take_step(dialogue& with, const request_head& head, performed_step step, bool has_data_set) {
  const auto context = with.contexts.find(head.context);
  if (context == with.contexts.end()) return DIMSE_BADDATA;
  std::vector<uint8_t> bytes;
  if (has_data_set) {
    if (const auto received = with.receive_identifier(head.context, bytes); received.bad()) return received;
  }
  const auto* service = find_service(context->second.abstract_syntax);
  if (!service || service->operation != service_operation::perform || head.sop_class_uid != service->uid)
    return with.refuse(head, status::sop_class_not_supported, "no such service in this presentation context");
  if (!valid_uid(step.uid))
    return with.refuse(head, status::invalid_argument, "SOP instance is no UID: " + shown(step.uid));
  auto json = data_set_json(bytes.data(), bytes.size(), context->second.transfer_syntax);
  if (!json) return with.refuse(head, status::processing_failure, reason_of(json.error()));
  step.who = with.who;
  step.attributes = std::move(*json);
  if (const auto refused = tell_index(with.self, with.context.directory, editor_of, step))
    return with.refuse(head, status_of(refused, step.creates), reason_of(refused));
  spdlog::info("{} performed procedure step {} of {}", with.who.request_id, step.uid, with.calling);
  return with.send(head, response_to(head, status::success).uid(command_element::affected_sop_instance, step.uid));
}

} // namespace

OFCondition answer_create(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_N_CreateRQ& request) {
  const bool is_named = (request.opts & O_NCREATE_AFFECTEDSOPINSTANCEUID) != 0;
  performed_step step;
  step.uid = is_named ? std::string{trimmed(request.AffectedSOPInstanceUID)} : new_uid();
  return take_step(with, {id, DIMSE_N_CREATE_RQ, request.MessageID, request.AffectedSOPClassUID}, std::move(step),
                   request.DataSetType != DIMSE_DATASET_NULL);
}

OFCondition answer_set(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_N_SetRQ& request) {
  performed_step step;
  step.uid = trimmed(request.RequestedSOPInstanceUID);
  step.creates = false;
  return take_step(with, {id, DIMSE_N_SET_RQ, request.MessageID, request.RequestedSOPClassUID}, std::move(step),
                   request.DataSetType != DIMSE_DATASET_NULL);
}

} // namespace noctis
