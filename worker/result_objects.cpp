#include "worker/result_objects.hpp"

#include "dicom/digest.hpp"
#include "dicom/objects/analysis_report.hpp"
#include "dicom/objects/segmentation.hpp"
#include "dicom/uid.hpp"
#include "messages/errors.hpp"
#include "messages/worker_protocol.hpp"
#include "worker/guarded.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace noctis {

namespace {

constexpr int32_t report_series_number = 9101;
constexpr int32_t segmentation_series_number = 9102;
constexpr size_t most_labels = 255;

/// What a UID is of.
enum role : int64_t { report_instance = 1, report_series, segmentation_instance, segmentation_series };

code_text text_of(const coded_concept& code) { return {code.value, code.scheme, code.meaning}; }

code_text text_of(const caf::optional<coded_concept>& code) { return code ? text_of(*code) : code_text{}; }

analysis_finding finding_of(const measurement& each) {
  analysis_finding result;
  result.kind = "measurement";
  result.what = text_of(each.quantity);
  result.site = text_of(each.site);
  result.laterality = text_of(each.laterality);
  result.value = each.value;
  result.unit = each.unit;
  if (each.position) result.position.assign(each.position->begin(), each.position->end());
  return result;
}

analysis_finding finding_of(const candidate& each) {
  analysis_finding result;
  result.kind = "candidate";
  result.what = text_of(each.finding);
  result.site = text_of(each.site);
  result.laterality = text_of(each.laterality);
  result.position.assign(each.position.begin(), each.position.end());
  result.diameter_mm = each.diameter_mm;
  result.volume_ml = each.volume_ml;
  result.mean_hu = each.mean_hu;
  return result;
}

/// The images of a series by their UIDs.
using known_sources = std::map<std::string, object_reference>;

/// Returns the source of a mask's frame; without UIDs where it is not known.
object_reference source_of(const volume_frame& frame, const known_sources& known) {
  const auto found = known.find(frame.sop_instance_uid);
  if (found == known.end()) return {};
  auto result = found->second;
  if (result.frame != 0) result.frame = int32_t(frame.frame);
  return result;
}

segmented_frame frame_of(const volume_frame& frame, const known_sources& known) {
  segmented_frame result{source_of(frame, known), {}, {}};
  const auto& geometry = frame.geometry;
  std::copy(geometry.position.begin(), geometry.position.end(), result.position.begin());
  std::copy(geometry.row_direction.begin(), geometry.row_direction.end(), result.orientation.begin());
  std::copy(geometry.column_direction.begin(), geometry.column_direction.end(), result.orientation.begin() + 3);
  return result;
}

/// Returns how far the first two frames lie apart along their normal, mm.
double distance_between(const std::vector<volume_frame>& frames) {
  if (frames.size() < 2) return 1;
  const auto& first = frames[0].geometry;
  const auto apart = std::abs(dot(difference_of(frames[1].geometry.position, first.position), first.normal()));
  return apart > 0 ? apart : 1;
}

class object_maker {
public:
  object_maker(analyser_run& run, const run_subject& about) : run_(run), about_(about) {
    std::string all;
    for (const auto& part : {about.study_uid, about.series_uid, run.analyser, run.version, about.input_digest})
      all += part + "\n";
    key_ = digest_of(all.data(), all.size());
    for (const auto& source : about.sources) sources_.emplace(source.sop_instance_uid, source);
  }

  std::vector<made_object> make() {
    write("segmentation", [this] { return add_segmentation(); });
    write("report", [this] { return add_report(); });
    return std::move(made_);
  }

private:
  [[nodiscard]] std::string uid_of(role what) const { return derived_uid(key_, what); }

  [[nodiscard]] object_identity identity_of(role instance, role series, int32_t number) const {
    return {uid_of(instance), uid_of(series), number, 1, about_.at};
  }

  template <class Add>
  void write(const std::string& what, Add add) {
    if (const auto error = guarded(add))
      run_.result.warnings.push_back("the " + what + " is not written: " + reason_of(error));
  }

  caf::error take(caf::expected<made_object>&& made) {
    if (!made) return std::move(made.error());
    if (made->file.size() > most_worker_file_bytes)
      return failure(errc::limit_exceeded, "it takes " + std::to_string(made->file.size() >> 20) + " MiB");
    made_.push_back(std::move(*made));
    return {};
  }

  /// Lays the masks upon one another, each with labels of its own; where they overlap, the later one is seen.
  caf::error lay(segmentation& all, mask& each) {
    if (each.labels.size() != all.labels.size() || each.segments.size() + all.segments.size() > most_labels)
      return failure(errc::invalid_argument, "mask " + each.name + " is of another size, or has too many labels");
    std::array<uint8_t, 256> label_of{};
    for (const auto& one : each.segments) {
      const auto label = uint8_t(all.segments.size() + 1);
      label_of.at(one.label) = label;
      all.segments.push_back({label, {}, text_of(one.category), text_of(one.type), text_of(one.laterality)});
    }
    for (size_t i = 0; i < all.labels.size(); ++i)
      if (const auto label = label_of.at(each.labels[i]); label != 0) all.labels[i] = label;
    each.labels = {};
    return {};
  }

  caf::error add_segmentation() {
    auto masks = std::move(run_.result.masks);
    run_.result.masks.clear();
    if (masks.empty() || masks.front().frames.empty()) return {};
    const auto& frames = masks.front().frames;
    const auto& geometry = frames.front().geometry;
    segmentation all;
    all.identity = identity_of(segmentation_instance, segmentation_series, segmentation_series_number);
    all.analyser = run_.analyser;
    all.version = run_.version;
    all.frame_of_reference_uid = about_.subject.frame_of_reference_uid;
    all.rows = uint16_t(geometry.rows);
    all.columns = uint16_t(geometry.columns);
    all.row_spacing = geometry.row_spacing;
    all.column_spacing = geometry.column_spacing;
    all.slice_thickness = about_.slice_thickness > 0 ? about_.slice_thickness : distance_between(frames);
    for (const auto& frame : frames) all.frames.push_back(frame_of(frame, sources_));
    all.labels.resize(geometry.pixels() * frames.size());
    for (auto& each : masks) {
      all.name += (all.name.empty() ? "" : ", ") + each.name;
      if (auto error = lay(all, each)) return error;
    }
    if (!has_labels(all)) return {};
    if (auto error = take(write_segmentation(about_.subject, all))) return error;
    run_.segmentation_uid = all.identity.sop_instance_uid;
    run_.segmentation_series_uid = all.identity.series_uid;
    return {};
  }

  caf::error add_report() {
    const auto& result = run_.result;
    if (result.measurements.empty() && result.candidates.empty()) return {};
    analysis_report report;
    report.identity = identity_of(report_instance, report_series, report_series_number);
    report.analyser = run_.analyser;
    report.version = run_.version;
    report.frame_of_reference_uid = about_.subject.frame_of_reference_uid;
    report.sources = about_.sources;
    for (auto& source : report.sources) source.frame = 0;
    for (const auto& each : result.measurements) report.findings.push_back(finding_of(each));
    for (const auto& each : result.candidates) report.findings.push_back(finding_of(each));
    report.warnings = result.warnings;
    report.urgency_reason = result.urgency_reason;
    for (const auto& segmented : made_)
      report.segmentations.push_back(
          {{}, run_.segmentation_series_uid, segmented.sop_class_uid, segmented.sop_instance_uid, 0});
    if (auto error = take(write_analysis_report(about_.subject, report))) return error;
    run_.report_uid = report.identity.sop_instance_uid;
    return {};
  }

  analyser_run& run_;
  const run_subject& about_;
  std::string key_; ///< of the run
  known_sources sources_;
  std::vector<made_object> made_;
};

} // namespace

std::vector<made_object> result_objects(analyser_run& run, const run_subject& about) {
  if (run.error) return {};
  return object_maker{run, about}.make();
}

} // namespace noctis
