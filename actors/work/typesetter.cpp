#include "actors/work/typesetter.hpp"

#include "actors/network/delivery.hpp"
#include "actors/system/ask_index.hpp"
#include "actors/work/worker_input.hpp"
#include "dicom/digest.hpp"
#include "dicom/part10.hpp"
#include "dicom/uid.hpp"
#include "messages/json_members.hpp"

#include <spdlog/spdlog.h>

namespace noctis {

namespace {

/// What a UID is of; each version of a report has all four.
enum role : int64_t { sr = 1, sr_series, document, document_series, roles };

std::string uid_of(const report& what, int32_t version, role of) {
  const auto all = "report " + what.study.attributes.uid + " " + std::to_string(what.id);
  const bool is_series = of == sr_series || of == document_series; // one for all versions
  return derived_uid(digest_of(all.data(), all.size()), (is_series ? 0 : int64_t{version} * roles) + of);
}

/// Sends the bytes of an image, none where the archive has none.
caf::error send_image(caf::blocking_actor* self, const directory_actor& directory, worker_process& worker,
                      const std::vector<location>& copies) {
  auto stored = stored_instance::open(self, directory, copies);
  if (!stored) return worker.send(worker_frame_kind::instance, {});
  if (auto error = worker.begin(worker_frame_kind::instance, stored->size())) return error;
  return send_bytes(worker, *stored);
}

struct version_name {
  int64_t report = 0;
  int32_t version = 0;
};

caf::expected<version_name> version_from_payload(const std::string& payload) {
  version_name name;
  json_members members{payload, "report job"};
  members.whole("report", name.report);
  members.whole("version", name.version);
  if (members.error()) return members.error();
  return name;
}

/// One signed version on its way into its study.
class version_writer {
public:
  version_writer(running_job& running, const typesetter_options& options) : running_(running), options_(options) {}

  caf::error run(const version_name& name) {
    const report_request request{running_.who(), name.report};
    const auto what = ask_index<report>(running_.self, running_.directory, reports_of, request);
    if (!what) return what.error();
    const auto versions =
        ask_index<report_versions>(running_.self, running_.directory, reports_of, list_atom::value, request);
    if (!versions) return versions.error();
    const auto head = ask_index<letterhead>(running_.self, running_.directory, reports_of,
                                            letterhead_request{running_.who(), what->study.facility.id});
    if (!head) return head.error();
    auto order = order_of(*what, *versions, name.version, *head);
    if (!order) return std::move(order.error());
    if (!order->what.signature.intact)
      return failure(errc::state_conflict, "the signature of report " + std::to_string(name.report) + ", version " +
                                               std::to_string(name.version) + ", is broken");
    order->with_objects = true;
    order->sr_uid = uid_of(*what, name.version, sr);
    order->sr_series_uid = uid_of(*what, name.version, sr_series);
    order->document_uid = uid_of(*what, name.version, document);
    order->document_series_uid = uid_of(*what, name.version, document_series);
    if (auto error = add_predecessor(*versions, *order)) return error;
    const auto made = typeset(running_.self, running_.directory, options_.worker, running_.who(), *order,
                              [this] { return running_.report(0.5); });
    if (!made) return made.error();
    for (const auto& file : made->objects)
      if (auto error = store(file)) return error;
    const report_documents done{running_.who(), name.report, name.version, order->document_uid, order->sr_uid};
    return tell_index(running_.self, running_.directory, reports_of, done);
  }

private:
  caf::error add_predecessor(const report_versions& versions, typeset_order& order) {
    for (const auto& former : versions.versions) {
      if (former.version != order.version - 1 || former.sr_uid.empty()) continue;
      const image_request request{running_.who(), {0, former.sr_uid}};
      const auto kept = ask_index<image_detail>(running_.self, running_.directory, query_of, request);
      if (!kept && code_of(kept.error()) != errc::not_found) return kept.error();
      if (kept)
        order.predecessors.push_back(
            {kept->series.attributes.uid, kept->image.attributes.sop_class_uid, former.sr_uid});
    }
    return {};
  }

  caf::error store(const std::vector<uint8_t>& file) {
    const auto reading = read_part10_meta(file.data(), file.size(), true);
    if (!reading) return reading.error();
    const auto& uid = reading->meta.sop_instance_uid;
    const auto stored = deliver_once(running_, options_.intake, uid, file);
    if (!stored) return stored.error();
    if (*stored) spdlog::info("job {}: a report is stored as {}", running_.what.id, uid);
    return {};
  }

  running_job& running_;
  const typesetter_options& options_;
};

} // namespace

caf::expected<typeset_result> typeset(caf::blocking_actor* self, const directory_actor& directory,
                                      const worker_options& worker, const principal& who, typeset_order order,
                                      const std::function<bool()>& goes_on) {
  std::vector<std::vector<location>> copies;
  for (const auto& image : order.what.content.images) {
    const auto found =
        ask_index<image_detail>(self, directory, query_of, image_request{who, {0, image.sop_instance_uid}});
    if (!found && code_of(found.error()) != errc::not_found) return found.error();
    const bool belongs = found && found->study.id == order.what.study.id;
    order.images.push_back(belongs ? typeset_reference{found->series.attributes.uid,
                                                       found->image.attributes.sop_class_uid, image.sop_instance_uid}
                                   : typeset_reference{});
    copies.push_back(belongs ? found->image.locations : std::vector<location>{});
  }
  typeset_result result;
  auto process = worker_process::start(worker, "typeset",
                                       {[&](worker_frame& frame) {
                                          if (frame.kind == worker_frame_kind::document)
                                            result.pdf = std::move(frame.bytes);
                                          if (frame.kind == worker_frame_kind::object)
                                            result.objects.push_back(std::move(frame.bytes));
                                          return caf::error{};
                                        },
                                        goes_on});
  if (!process) return std::move(process.error());
  const auto bytes = bytes_of(order);
  if (auto error = process->send(worker_frame_kind::task, "{}")) return error;
  if (auto error = process->send(worker_frame_kind::order, {bytes.data(), bytes.size()})) return error;
  for (const auto& one : copies)
    if (auto error = send_image(self, directory, *process, one)) return error;
  if (auto error = process->finish()) return error;
  if (result.pdf.empty()) return failure(errc::internal, "the worker made no PDF");
  return result;
}

caf::expected<typeset_order> order_of(const report& what, const report_versions& signed_versions, int32_t version,
                                      const letterhead& head) {
  typeset_order order;
  order.what = what;
  order.version = version;
  order.head = head;
  if (version == 0) {
    order.what.status = "draft";
    order.what.signature = {};
    return order;
  }
  for (const auto& one : signed_versions.versions) {
    if (one.version != version) continue;
    order.what.status = one.status;
    order.what.version = version;
    order.what.content = one.content;
    order.what.signature = one.signature;
    return order;
  }
  return failure(errc::not_found, "report " + std::to_string(what.id) + " has no version " + std::to_string(version));
}

job_end run_typesetting(running_job& running, const typesetter_options& options) {
  const auto name = version_from_payload(running.what.payload);
  if (!name) return failed(name.error(), true);
  if (const auto error = version_writer{running, options}.run(*name))
    return failed(error, code_of(error) == errc::not_found || code_of(error) == errc::state_conflict);
  return {};
}

} // namespace noctis
