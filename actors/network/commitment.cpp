#include "actors/network/commitment.hpp"

#include "actors/storage/stored_instance.hpp"
#include "actors/system/ask_index.hpp"
#include "dicom/json/object.hpp"
#include "dicom/json/reader.hpp"
#include "dicom/text.hpp"
#include "dicom/uid.hpp"
#include "messages/json_members.hpp"
#include "messages/json_text.hpp"

namespace noctis {

namespace {

constexpr uint32_t transaction_uid_tag = 0x00081195;
constexpr uint32_t failed_sequence = 0x00081198;
constexpr uint32_t referenced_sequence = 0x00081199;
constexpr uint32_t failure_reason = 0x00081197;
constexpr uint32_t referenced_class = 0x00081150;
constexpr uint32_t referenced_instance = 0x00081155;

constexpr uint16_t processing_failure = 0x0110;
constexpr uint16_t no_such_instance = 0x0112;
constexpr uint16_t class_instance_conflict = 0x0119;
constexpr uint16_t all_kept = 1;
constexpr uint16_t failures_exist = 2;

caf::error check_uid(const std::string& uid, const char* name) {
  if (uid.empty()) return failure(errc::missing_identifier, std::string{name} + " is missing");
  if (!valid_uid(uid)) return failure(errc::invalid_identifier, std::string{name} + " is no UID: " + shown(uid));
  return {};
}

/// Whether an error comes from a part of the system that may answer at another time.
bool is_passing(const caf::error& error) {
  const auto code = code_of(error);
  return code != errc::storage_failure && dimse_status(code) == 0xA700;
}

/// Returns the failure reason of one reference, 0 for none. Error: it cannot be told now.
caf::expected<uint16_t> check(caf::blocking_actor* self, const directory_actor& directory, const principal& who,
                              const instance_reference& reference) {
  const auto found =
      ask_index<image_detail>(self, directory, query_of, image_request{who, object_key{0, reference.sop_instance_uid}});
  if (!found && code_of(found.error()) == errc::not_found) return uint16_t{no_such_instance};
  if (!found) return found.error();
  if (found->image.attributes.sop_class_uid != reference.sop_class_uid) return uint16_t{class_instance_conflict};
  const auto stored = stored_instance::open(self, directory, found->image.locations);
  if (stored) return uint16_t{0};
  if (is_passing(stored.error())) return stored.error();
  return uint16_t{processing_failure};
}

json_data_set item_of(const instance_reference& reference) {
  json_data_set item;
  item.set(referenced_class, reference.sop_class_uid).set(referenced_instance, reference.sop_instance_uid);
  return item;
}

} // namespace

caf::expected<commitment_request> read_commitment(std::string_view json) {
  const auto object = parse_json_object(json);
  if (!object) return object.error();
  commitment_request request;
  request.transaction_uid = text_of(*object, transaction_uid_tag);
  if (auto error = check_uid(request.transaction_uid, "TransactionUID")) return error;
  for (const auto* item : items_of(*object, referenced_sequence)) {
    instance_reference one{text_of(*item, referenced_class), text_of(*item, referenced_instance)};
    if (auto error = check_uid(one.sop_class_uid, "ReferencedSOPClassUID")) return error;
    if (auto error = check_uid(one.sop_instance_uid, "ReferencedSOPInstanceUID")) return error;
    request.references.push_back(std::move(one));
  }
  if (request.references.empty()) return failure(errc::missing_identifier, "ReferencedSOPSequence has no item");
  return request;
}

std::string to_payload(const commitment_request& request) {
  json_text json;
  json.begin_object();
  json.field("transaction_uid", request.transaction_uid);
  json.field("calling_aet", request.calling_aet);
  json.field("facility", request.facility);
  json.key("references");
  json.begin_array();
  for (const auto& one : request.references)
    json.value(std::vector<std::string>{one.sop_class_uid, one.sop_instance_uid});
  json.end_array();
  json.end_object();
  return json.take();
}

caf::expected<commitment_request> commitment_from_payload(std::string_view payload) {
  commitment_request request;
  json_members members{payload, "the payload of a storage commitment"};
  members.text("transaction_uid", request.transaction_uid);
  members.text("calling_aet", request.calling_aet);
  members.whole("facility", request.facility);
  const auto* references = members.array("references");
  if (members.error()) return members.error();
  for (const auto& one : references->GetArray()) {
    auto texts = texts_in(one);
    if (texts.size() != 2)
      return failure(errc::invalid_argument, "the payload of a storage commitment: references must be pairs of UIDs");
    request.references.push_back({std::move(texts[0]), std::move(texts[1])});
  }
  return request;
}

commitment_result check_commitment(caf::blocking_actor* self, const directory_actor& directory, const principal& who,
                                   const commitment_request& request, const std::function<bool()>& go_on) {
  commitment_result result;
  bool goes_on = true;
  for (const auto& reference : request.references) {
    goes_on = goes_on && go_on();
    if (!goes_on) {
      result.unknown.push_back({reference, processing_failure});
      continue;
    }
    const auto reason = check(self, directory, who, reference);
    if (!reason) {
      result.unknown.push_back({reference, processing_failure});
    } else if (*reason != 0) {
      result.failed.push_back({reference, *reason});
    } else {
      result.kept.push_back(reference);
    }
  }
  return result;
}

caf::expected<event_report> report_of(const commitment_request& request, const commitment_result& result,
                                      std::string_view transfer_syntax_uid) {
  std::vector<json_data_set> kept;
  std::vector<json_data_set> failed;
  for (const auto& one : result.kept) kept.push_back(item_of(one));
  for (const auto* list : {&result.failed, &result.unknown}) {
    for (const auto& one : *list)
      failed.push_back(item_of(one.instance).set(failure_reason, std::to_string(one.reason)));
  }
  json_data_set information;
  information.set(transaction_uid_tag, request.transaction_uid);
  if (!kept.empty()) information.set_items(referenced_sequence, kept);
  if (!failed.empty()) information.set_items(failed_sequence, failed);
  auto bytes = encode_json_data_set(information.str(), transfer_syntax_uid);
  if (!bytes) return std::move(bytes.error());
  return event_report{std::string{storage_commitment_class}, std::string{storage_commitment_instance},
                      failed.empty() ? all_kept : failures_exist, blob{std::move(*bytes)}};
}

} // namespace noctis
