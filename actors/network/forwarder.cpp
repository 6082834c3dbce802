#include "actors/network/forwarder.hpp"

#include "actors/network/commitment.hpp"
#include "actors/network/forward_order.hpp"
#include "actors/network/transfer.hpp"
#include "actors/system/ask_index.hpp"
#include "dicom/text.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace noctis {

namespace {

constexpr int32_t page_size = 200;

/// The instances of an order, page by page.
class ordered_instances {
public:
  ordered_instances(running_job& running, forward_order order) : running_(running), order_(std::move(order)) {}

  /// The next instances; none at the end.
  caf::expected<std::vector<image_row>> next_page() {
    if (ended_) return std::vector<image_row>{};
    auto page = order_.rule != 0 ? undelivered() : named();
    if (!page) return page;
    if (!page->empty()) after_ = page->back().id;
    ended_ = ended_ || page->size() < page_size;
    return page;
  }

private:
  caf::expected<std::vector<image_row>> undelivered() {
    auto list = ask_index<instance_list>(running_.self, running_.directory, jobs_of,
                                         undelivered_request{order_.rule, order_.study_uid, after_, page_size});
    if (!list) return std::move(list.error());
    return std::move(list->images);
  }

  caf::expected<std::vector<image_row>> named() {
    if (order_.study_uid.empty()) {
      if (auto error = find_study()) return error;
    }
    instances_request request{running_.who(),          order_.study_uid, order_.series_uid,
                              order_.sop_instance_uid, after_,           page_size};
    auto list = ask_index<instance_list>(running_.self, running_.directory, query_of, request);
    if (!list) return std::move(list.error());
    return std::move(list->images);
  }

  /// Completes an order that names a series or an instance alone.
  caf::error find_study() {
    if (!order_.sop_instance_uid.empty()) {
      const image_request request{running_.who(), object_key{0, order_.sop_instance_uid}};
      const auto found = ask_index<image_detail>(running_.self, running_.directory, query_of, request);
      if (!found) return found.error();
      order_.study_uid = found->study.attributes.uid;
      order_.series_uid = found->series.attributes.uid;
      return {};
    }
    const series_request request{running_.who(), object_key{0, order_.series_uid}};
    const auto found = ask_index<series_row>(running_.self, running_.directory, query_of, request);
    if (!found) return found.error();
    order_.study_uid = found->study_uid;
    return {};
  }

  running_job& running_;
  forward_order order_;
  int64_t after_ = 0;
  bool ended_ = false;
};

caf::expected<ae_row> find_entity(running_job& running, const std::string& title) {
  auto list = ask_index<ae_list>(running.self, running.directory, query_of, list_atom::value,
                                 system_principal(running.what.queue));
  if (!list) return std::move(list.error());
  const auto found = std::find_if(list->entities.begin(), list->entities.end(), [&](const ae_row& row) {
    return row.title == title && !row.host.empty() && row.port != 0;
  });
  if (found == list->entities.end())
    return failure(errc::not_found, "no AE title " + shown(title) + " with a host is registered");
  return std::move(*found);
}

scu_peer peer_of(const ae_row& entity, const outgoing_options& options) {
  return {entity.host, static_cast<uint16_t>(entity.port), entity.title, options.calling_title,
          options.response_timeout};
}

/// What a forward job has done so far.
class forwarding {
public:
  forwarding(running_job& running, const forward_order& order, transfer sending)
      : running_(running), order_(order), sending_(std::move(sending)) {}

  job_end run() {
    ordered_instances instances{running_, order_};
    for (;;) {
      const auto page = instances.next_page();
      if (!page) return failed(page.error(), code_of(page.error()) == errc::not_found);
      if (page->empty()) break;
      known_ += page->size();
      const bool goes_on = send(*page);
      if (auto error = note_delivered()) return failed(error);
      if (!goes_on) return failed(failure(errc::cancelled, "stopped after " + std::to_string(sent_) + " instances"));
    }
    job_end end;
    end.result = R"({"sent":)" + std::to_string(sent_) + R"(,"failed":)" + std::to_string(failed_) + "}";
    if (failed_ != 0)
      end.error = std::to_string(failed_) + " of " + std::to_string(known_) + " instances were not taken: " + reason_;
    spdlog::info("job {}: {} instances sent to {}, {} failed", running_.what.id, sent_, order_.destination, failed_);
    return end;
  }

private:
  /// Sends a page; false when the job is to stop.
  bool send(const std::vector<image_row>& page) {
    sending_.expect(page);
    for (const auto& row : page) {
      if (!running_.report(static_cast<double>(sent_ + failed_) / static_cast<double>(known_))) return false;
      const auto answer = sending_.send(row);
      if (answer && (is_success(answer->status) || is_warning(answer->status))) {
        ++sent_;
        delivered_.push_back(row.id);
      } else {
        ++failed_;
        reason_ = answer ? status_text(answer->status) + " " + answer->comment : reason_of(answer.error());
      }
    }
    return true;
  }

  caf::error note_delivered() {
    if (order_.rule == 0 || delivered_.empty()) return {};
    const delivery_report report{order_.rule, std::exchange(delivered_, {})};
    return tell_index(running_.self, running_.directory, jobs_of, report);
  }

  running_job& running_;
  const forward_order& order_;
  transfer sending_;
  std::vector<int64_t> delivered_;
  uint64_t known_ = 0;
  uint64_t sent_ = 0;
  uint64_t failed_ = 0;
  std::string reason_; ///< of the last failure
};

caf::error report_event(const scu_peer& peer, const event_report& event) {
  auto association = sender::open(peer, {{event.sop_class_uid, "1.2.840.10008.1.2", true}});
  if (!association) return std::move(association.error());
  const auto answer = association->report(event);
  if (!answer) return answer.error();
  if (!is_success(answer->status))
    return failure(errc::peer_refused, peer.called_aet + " answered the report with " + status_text(answer->status));
  return {};
}

} // namespace

job_end run_forward(running_job& running, const outgoing_options& options) {
  const auto order = order_from_payload(running.what.payload);
  if (!order) return failed(order.error(), true);
  const auto destination = find_entity(running, order->destination);
  if (!destination) return failed(destination.error());
  transfer sending{running.self, running.directory, peer_of(*destination, options)};
  if (!order->deidentify.empty()) {
    if (auto error = sending.deidentify(order->deidentify, options.deidentification_secret)) return failed(error, true);
  }
  return forwarding{running, *order, std::move(sending)}.run();
}

job_end run_commitment(running_job& running, const outgoing_options& options) {
  const auto request = commitment_from_payload(running.what.payload);
  if (!request) return failed(request.error(), true);
  const auto destination = find_entity(running, request->calling_aet);
  if (!destination) return failed(destination.error());
  const auto result = check_commitment(running.self, running.directory, running.who(), *request,
                                       [&running] { return running.report(0); });
  const bool is_last = running.what.attempts >= running.what.max_attempts;
  if (!result.unknown.empty() && !is_last)
    return failed(
        failure(errc::storage_unavailable, std::to_string(result.unknown.size()) + " instances cannot be checked now"));
  const auto event = report_of(*request, result, "1.2.840.10008.1.2");
  if (!event) return failed(event.error(), true);
  if (auto error = report_event(peer_of(*destination, options), *event)) return failed(error);
  job_end end;
  end.result = R"({"kept":)" + std::to_string(result.kept.size()) + R"(,"failed":)" +
               std::to_string(result.failed.size() + result.unknown.size()) + "}";
  return end;
}

job_end run_outgoing(running_job& running, const outgoing_options& options) {
  return running.what.queue == forward_queue ? run_forward(running, options) : run_commitment(running, options);
}

} // namespace noctis
