#include "actors/network/annotator.hpp"

#include "actors/network/delivery.hpp"
#include "actors/system/ask_index.hpp"
#include "dicom/objects/measurement_report.hpp"
#include "messages/json_members.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace noctis {

namespace {

constexpr int most_rounds = 20; // of a job whose author goes on while it runs; another job is due then

caf::expected<annotation_order> order_from_payload(const std::string& payload) {
  annotation_order order;
  json_members members{payload, "annotation order"};
  members.whole("study", order.study);
  members.whole("author", order.author);
  if (members.error()) return members.error();
  return order;
}

/// What a job has written so far.
class annotation_writer {
public:
  annotation_writer(running_job& running, const annotator_options& options, annotation_order order)
      : running_(running), options_(options), order_(order) {}

  job_end run() {
    for (int round = 0; round < most_rounds; ++round) {
      const auto plan = ask_index<annotation_plan>(running_.self, running_.directory, jobs_of, order_);
      if (!plan) return failed(plan.error());
      if (plan->documents.empty()) break;
      for (const auto& document : plan->documents) {
        if (!running_.report(0)) return failed(failure(errc::cancelled, "stopped"));
        if (auto error = finish(document)) return failed(error);
      }
    }
    job_end end;
    end.result = R"({"sop_instance_uids":[)" + stored_ + "]}";
    return end;
  }

private:
  caf::error finish(const annotation_document& document) {
    annotation_report report{document.set, document.serial, {}, {}};
    const bool is_empty = document.annotations.empty();
    // Nothing is said of nothing, unless an earlier report said something; a selection of no images cannot be.
    if (!is_empty || (!document.former_uid.empty() && !document.key_objects)) {
      auto object = written(document);
      if (!object) return std::move(object.error());
      report.sop_instance_uid = object->sop_instance_uid;
      report.sop_class_uid = object->sop_class_uid;
      if (auto error = store(std::move(*object))) return error;
      stored_ += (stored_.empty() ? "\"" : ",\"") + report.sop_instance_uid + "\"";
    }
    return tell_index(running_.self, running_.directory, jobs_of, report);
  }

  caf::expected<made_object> written(const annotation_document& document) {
    const study_request request{running_.who(), {order_.study, {}}, false};
    const auto found = ask_index<study_detail>(running_.self, running_.directory, query_of, request);
    if (!found) return found.error();
    return document.key_objects ? write_key_objects(found->study, document)
                                : write_measurement_report(found->study, document);
  }

  /// An earlier attempt may have got so far; its bytes stay, even if patient or author have another name by now.
  caf::error store(made_object object) {
    const auto uid = object.sop_instance_uid;
    const auto stored = deliver_once(running_, options_.intake, uid, std::move(object.file));
    if (!stored) return stored.error();
    if (*stored) spdlog::info("job {}: annotations are stored as {}", running_.what.id, uid);
    return {};
  }

  running_job& running_;
  const annotator_options& options_;
  annotation_order order_;
  std::string stored_; ///< SOP Instance UIDs, as JSON
};

} // namespace

job_end run_annotations(running_job& running, const annotator_options& options) {
  const auto order = order_from_payload(running.what.payload);
  if (!order) return failed(order.error(), true);
  return annotation_writer{running, options, *order}.run();
}

} // namespace noctis
