#include "actors/association/services/find.hpp"

#include "actors/association/query_plan.hpp"
#include "actors/system/ask_index.hpp"
#include "dicom/json/object.hpp"
#include "dicom/json/reader.hpp"

#include <spdlog/spdlog.h>

namespace noctis {

namespace {

constexpr uint32_t query_retrieve_level = 0x00080052;
constexpr uint32_t retrieve_ae_title = 0x00080054;
constexpr int32_t page_of_matches = 100;

/// The status with which a failed query is answered (PS3.4 table C.4-1).
uint16_t status_of(const caf::error& error) {
  const auto code = code_of(error);
  if (code == errc::invalid_argument) return status::identifier_mismatch;
  const auto general = dimse_status(code);
  return general == status::out_of_resources ? general : status::unable_to_process;
}

/// One C-FIND while it is answered.
class search {
public:
  search(dialogue& with, request_head head, const service_class& service, query_identifier identifier)
      : with_(with), head_(std::move(head)), service_(service), identifier_(std::move(identifier)) {}

  OFCondition run(find_request request) {
    request.who = with_.who;
    request.limit = page_of_matches;
    for (;;) {
      auto page = ask_index<find_page>(with_.self, with_.context.directory, query_of, request);
      if (!page) return with_.refuse(head_, status_of(page.error()), reason_of(page.error()));
      pending_ = page->ignored.empty() ? status::pending : status::pending_without_keys;
      for (const auto& match : page->matches) {
        OFCondition ended = EC_Normal;
        const bool cancelled = with_.is_cancelled(head_, ended);
        if (ended.bad()) return ended;
        if (cancelled) return with_.send(head_, response_to(head_, status::cancelled));
        if (const auto sent = send(match); sent.bad()) return sent;
      }
      if (!page->more || page->matches.empty()) break;
      request.offset += static_cast<int64_t>(page->matches.size());
    }
    spdlog::info("{} C-FIND of {}: {} matches", with_.who.request_id, with_.calling, sent_);
    return with_.send(head_, response_to(head_, status::success));
  }

private:
  OFCondition send(const std::string& match) {
    auto bytes = encode(match);
    if (!bytes) {
      spdlog::error("{} a match is left out: {}", with_.who.request_id, reason_of(bytes.error()));
      return EC_Normal;
    }
    ++sent_;
    return with_.send(head_, response_to(head_, pending_), source_of(blob{std::move(*bytes)}));
  }

  /// Returns the identifier of a response: what was asked for, in the peer's character set where that has the
  /// characters, else in UTF-8.
  caf::expected<std::vector<uint8_t>> encode(const std::string& match) {
    auto found = parse_json_object(match);
    if (!found) return std::move(found.error());
    const auto requested = parse_json_object(only_requested(*found, identifier_.json));
    if (!requested) return requested.error();
    json_data_set answer{*requested};
    if (service_.model != information_model::worklist)
      answer.set(query_retrieve_level, identifier_.query.level).set(retrieve_ae_title, with_.called);
    json_encoding_options options;
    options.character_set = identifier_.character_set;
    return encode_json_data_set(answer.str(), with_.contexts.at(head_.context).transfer_syntax, options);
  }

  dialogue& with_;
  request_head head_;
  const service_class& service_;
  query_identifier identifier_;
  uint16_t pending_ = status::pending;
  uint64_t sent_ = 0;
};

} // namespace

OFCondition answer_find(dialogue& with, T_ASC_PresentationContextID id, const T_DIMSE_C_FindRQ& request) {
  const request_head head{id, DIMSE_C_FIND_RQ, request.MessageID, request.AffectedSOPClassUID};
  const auto context = with.contexts.find(id);
  if (context == with.contexts.end() || request.DataSetType == DIMSE_DATASET_NULL) return DIMSE_BADDATA;
  std::vector<uint8_t> bytes;
  if (const auto received = with.receive_identifier(id, bytes); received.bad()) return received;
  const auto* service = find_service(context->second.abstract_syntax);
  if (!service || service->operation != service_operation::find)
    return with.refuse(head, status::sop_class_not_supported, "no query service in this presentation context");
  auto identifier = read_identifier(bytes, context->second.transfer_syntax);
  if (!identifier) return with.refuse(head, status::identifier_mismatch, reason_of(identifier.error()));
  auto plan = plan_find(service->model, *identifier, with.features_of(context->second.abstract_syntax));
  if (!plan) return with.refuse(head, status::identifier_mismatch, reason_of(plan.error()));
  return search{with, head, *service, std::move(*identifier)}.run(std::move(*plan));
}

} // namespace noctis
