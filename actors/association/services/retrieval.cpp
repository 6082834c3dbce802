#include "actors/association/services/retrieval.hpp"

#include "actors/association/query_plan.hpp"
#include "actors/system/ask_index.hpp"
#include "dicom/json/object.hpp"
#include "dicom/json/reader.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint32_t study_instance_uid = 0x0020000D;
constexpr uint32_t series_instance_uid = 0x0020000E;
constexpr uint32_t sop_instance_uid = 0x00080018;
constexpr uint32_t failed_sop_instance_uid_list = 0x00080058;
constexpr int32_t page_size = 1000;
constexpr size_t longest_list = 65000; // bytes: a UI value in explicit VR has a length of 16 bits

} // namespace

uint16_t retrieval_status(const caf::error& error) {
  const auto code = code_of(error);
  if (code == errc::invalid_argument) return status::identifier_mismatch;
  if (code == errc::permission_denied) return status::unable_to_process;
  return dimse_status(code) == status::out_of_resources ? status::unable_to_count : status::unable_to_process;
}

OFCondition receive_retrieval(dialogue& with, service_operation operation, retrieval_request& request,
                              bool& understood) {
  const auto context = with.contexts.find(request.head.context);
  if (context == with.contexts.end()) return DIMSE_BADDATA;
  std::vector<uint8_t> bytes;
  if (const auto received = with.receive_identifier(request.head.context, bytes); received.bad()) return received;
  const auto& [abstract_syntax, transfer_syntax, provides] = context->second;
  const auto* service = find_service(abstract_syntax);
  if (!service || service->operation != operation)
    return with.refuse(request.head, status::sop_class_not_supported, "no such service in this presentation context");
  const auto identifier = read_identifier(bytes, transfer_syntax);
  if (!identifier) return with.refuse(request.head, status::identifier_mismatch, reason_of(identifier.error()));
  auto plan = plan_retrieve(service->model, *identifier, with.features_of(abstract_syntax));
  if (!plan) return with.refuse(request.head, status::identifier_mismatch, reason_of(plan.error()));
  request.plan = std::move(*plan);
  request.transfer_syntax_uid = transfer_syntax;
  understood = true;
  return EC_Normal;
}

/// Asks for the studies, series or instances by which instances are listed.
caf::error retrieved_instances::select(find_request plan) {
  plan.who = with_.who;
  plan.limit = page_size;
  for (bool more = true; more;) {
    auto page = ask_index<find_page>(with_.self, with_.context.directory, query_of, plan);
    if (!page) return std::move(page.error());
    for (const auto& match : page->matches) {
      const auto object = parse_json_object(match);
      if (!object) return object.error();
      instances_request selection;
      selection.who = with_.who;
      selection.limit = page_size;
      selection.study_uid = text_of(*object, study_instance_uid);
      if (plan.level >= query_level::series) selection.series_uid = text_of(*object, series_instance_uid);
      if (plan.level >= query_level::instance) selection.sop_instance_uid = text_of(*object, sop_instance_uid);
      selections_.push_back(std::move(selection));
    }
    plan.offset += static_cast<int64_t>(page->matches.size());
    more = page->more && !page->matches.empty();
  }
  return {};
}

void retrieved_instances::rewind() {
  at_ = 0;
  for (auto& selection : selections_) selection.after = 0;
}

caf::expected<uint64_t> retrieved_instances::find(find_request plan) {
  if (auto error = select(std::move(plan))) return error;
  uint64_t total = 0;
  for (;;) {
    const auto page = next_page();
    if (!page) return page.error();
    if (page->empty()) break;
    total += page->size();
  }
  rewind();
  return total;
}

caf::expected<std::vector<image_row>> retrieved_instances::next_page() {
  std::vector<image_row> rows;
  while (at_ < selections_.size() && rows.size() < page_size) {
    auto& selection = selections_[at_];
    auto list = ask_index<instance_list>(with_.self, with_.context.directory, query_of, selection);
    if (!list && code_of(list.error()) != errc::not_found) return std::move(list.error());
    const auto count = list ? list->images.size() : 0;
    if (count != 0) selection.after = list->images.back().id;
    if (count < page_size) ++at_;
    if (count != 0) std::move(list->images.begin(), list->images.end(), std::back_inserter(rows));
  }
  return rows;
}

void suboperations::note(const image_row& instance, const caf::expected<dimse_answer>& answer) {
  remaining_ -= std::min<uint64_t>(remaining_, 1);
  if (answer && is_success(answer->status)) {
    ++completed_;
    return;
  }
  if (answer && is_warning(answer->status)) {
    ++warned_;
    return;
  }
  ++failed_;
  last_failure_ = answer ? "the destination answered " + status_text(answer->status) + " " + answer->comment
                         : reason_of(answer.error());
  const auto& uid = instance.attributes.sop_instance_uid;
  if (failed_uids_.size() + uid.size() < longest_list) failed_uids_ += (failed_uids_.empty() ? "" : "\\") + uid;
}

void suboperations::write_counts(command_set& response) const {
  const auto number = [](uint64_t count) { return static_cast<uint16_t>(std::min<uint64_t>(count, UINT16_MAX)); };
  response.number(command_element::completed_suboperations, number(completed_))
      .number(command_element::failed_suboperations, number(failed_))
      .number(command_element::warning_suboperations, number(warned_));
}

command_set suboperations::progress(const request_head& head, uint16_t status) const {
  auto response = response_to(head, status);
  write_counts(response);
  response.number(command_element::remaining_suboperations,
                  static_cast<uint16_t>(std::min<uint64_t>(remaining_, UINT16_MAX)));
  return response;
}

OFCondition suboperations::conclude(dialogue& with, const retrieval_request& request) const {
  const bool nothing_done = failed_ != 0 && completed_ == 0 && warned_ == 0;
  const auto status = nothing_done                   ? status::unable_to_suboperate
                      : failed_ != 0 || warned_ != 0 ? status::suboperations_failed
                                                     : status::success;
  auto response = response_to(request.head, status, last_failure_);
  write_counts(response);
  return with.send(request.head, response, failures(request.transfer_syntax_uid));
}

data_set_source suboperations::failures(const std::string& transfer_syntax_uid) const {
  if (failed_uids_.empty()) return {};
  json_data_set list;
  list.set(failed_sop_instance_uid_list, failed_uids_);
  auto bytes = encode_json_data_set(list.str(), transfer_syntax_uid);
  return bytes ? source_of(blob{std::move(*bytes)}) : data_set_source{};
}

std::string suboperations::summary() const {
  auto text = std::to_string(completed_ + warned_) + " sent, " + std::to_string(failed_) + " failed";
  if (remaining_ != 0) text += ", " + std::to_string(remaining_) + " left out";
  if (!last_failure_.empty()) text += ": " + last_failure_;
  return text;
}

} // namespace noctis
