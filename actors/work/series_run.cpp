#include "actors/work/series_run.hpp"

#include "actors/network/delivery.hpp"
#include "actors/system/ask_index.hpp"
#include "actors/work/analysis_result.hpp"
#include "actors/work/worker_input.hpp"
#include "dicom/part10.hpp"
#include "messages/json_members.hpp"
#include "messages/json_text.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

namespace noctis {

namespace {

constexpr int most_processes = 8; ///< for one series: each but the last has lost an analyser or an image
constexpr size_t most_faults = 20;

int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void write_prior(json_text& json, const prior_input& prior) {
  json.begin_object();
  json.field("analyser", prior.analyser);
  json.field("study_uid", prior.series.study_uid);
  json.field("series_uid", prior.series.series_uid);
  json.field("study_date", prior.study_date);
  json.field("days", prior.days);
  json.field("instances", prior.series.images.size());
  json.end_object();
}

caf::expected<analyser_set> set_from(std::string_view text) {
  constexpr auto optional = json_members::presence::optional;
  analyser_set result;
  json_members members{text, "the worker's list of analysers"};
  members.text("signature", result.signature);
  const auto* analysers = members.array("analysers");
  const auto* refused = members.array("refused", optional);
  const auto* comparison = members.object("comparison", optional);
  if (members.error()) return members.error();
  for (const auto& each : analysers->GetArray()) {
    auto names = texts_in(each);
    if (names.size() == 2) result.all.emplace_back(std::move(names[0]), std::move(names[1]));
  }
  if (result.all.empty()) return failure(errc::internal, "the worker has no analysers");
  if (refused != nullptr) result.refused = texts_in(*refused);
  if (comparison == nullptr) return result;
  json_members compared{*comparison, "the worker's comparison"};
  compared.text("name", result.comparison.first);
  compared.text("version", result.comparison.second);
  const auto* of = compared.array("of");
  if (compared.error()) return compared.error();
  result.compared = texts_in(*of);
  return result;
}

} // namespace

caf::expected<analyser_set> analysers_of(running_job& running, const analyst_options& options) {
  std::string answer;
  auto worker = worker_process::start(options.worker, "analysers",
                                      {[&](worker_frame& frame) {
                                         if (frame.kind == worker_frame_kind::result) answer = frame.text();
                                         return caf::error{};
                                       },
                                       [&] { return running.report(0); }});
  if (!worker) return std::move(worker.error());
  if (auto error = worker->send(worker_frame_kind::task, json_object("models", options.models))) return error;
  if (auto error = worker->finish()) return error;
  return set_from(answer);
}

series_run::series_run(running_job& running, const analyst_options& options, const analysis_input& input, int64_t study,
                       const analyser_set& analysers, std::set<analyser_version> known)
    : running_(running), options_(options), input_(input), study_(study), analysers_(analysers),
      known_(std::move(known)) {}

caf::error series_run::run(const std::function<bool(double)>& progress) {
  for (int process = 0; process < most_processes; ++process) {
    const auto known_before = known_.size();
    const auto left_out_before = left_out_.size();
    auto error = run_once(progress);
    if (!error || own_error_ || code_of(error) == errc::cancelled) return error;
    if (auto lost = blame(error)) return lost;
    if (known_.count(analysers_.all.back()) != 0) return {};
    if (known_.size() == known_before && left_out_.size() == left_out_before) return error;
  }
  return failure(errc::internal, "the worker died again and again over series " + input_.series_uid);
}

caf::error series_run::run_once(const std::function<bool(double)>& progress) {
  sent_.clear();
  faults_.clear();
  read_ = 0;
  at_ = {};
  started_at_ = now_ms();
  auto worker = worker_process::start(
      options_.worker, prior_ == nullptr ? "analyse" : "compare",
      {[this](worker_frame& frame) { return own_error_ = take(frame); }, [&] { return progress(at_.share); }});
  if (!worker) return own_error_ = std::move(worker.error());
  auto error = worker->send(worker_frame_kind::task, task_text());
  if (!error) error = send_images(*worker);
  if (!error) error = worker->finish();
  if (const auto words = worker->last_words(); error && !words.empty())
    spdlog::warn("job {}: the worker's last words: {}", running_.what.id, words);
  const bool is_last = running_.what.attempts >= running_.what.max_attempts;
  if (error && !is_last && worker->is_ended_from_outside()) own_error_ = error;
  if (!error)
    spdlog::info("job {}: series {} {}, {} images, the worker took {} MiB", running_.what.id, input_.series_uid,
                 prior_ == nullptr ? "analysed" : "compared", sent_.size(), worker->peak_memory() >> 20);
  return error;
}

std::string series_run::task_text() const {
  json_text json;
  json.begin_object();
  json.field("study_uid", input_.study_uid);
  json.field("series_uid", input_.series_uid);
  json.field("input_digest", input_.digest);
  json.field("signature", analysers_.signature);
  json.field("models", options_.models);
  json.field("instances", input_.images.size() - left_out_.size());
  json.field("memory", options_.worker.memory);
  json.field("at", running_.what.created_at);
  json.key("known");
  json.begin_array();
  for (const auto& [name, version] : known_) json.value(std::vector<std::string>{name, version});
  json.end_array();
  if (prior_ != nullptr) {
    json.key("prior");
    write_prior(json, *prior_);
  }
  json.end_object();
  return json.take();
}

caf::error series_run::send_images(worker_process& worker) {
  for (const auto& uid : left_out_) faults_.push_back("instance " + uid + " ends the process that reads it: left out");
  if (auto error = send_images(worker, worker_frame_kind::instance, input_.images)) return error;
  if (prior_ == nullptr) return {};
  return send_images(worker, worker_frame_kind::prior, prior_->series.images);
}

caf::error series_run::send_images(worker_process& worker, worker_frame_kind kind,
                                   const std::vector<image_row>& images) {
  for (const auto& row : images) {
    if (left_out_.count(row.attributes.sop_instance_uid) != 0) continue;
    if (auto error = send_image(worker, kind, row)) return error;
  }
  return {};
}

/// Sends an image; one that the archive has lost, or that is too long, is a fault and no more.
caf::error series_run::send_image(worker_process& worker, worker_frame_kind kind, const image_row& row) {
  const auto& uid = row.attributes.sop_instance_uid;
  const auto fault = [&](const std::string& why) {
    if (faults_.size() < most_faults) faults_.push_back("instance " + uid + ": " + why);
    return caf::error{};
  };
  auto stored = stored_instance::open(running_.self, running_.directory, row.locations);
  if (!stored) {
    if (code_of(stored.error()) == errc::storage_failure) return fault(reason_of(stored.error()));
    return own_error_ = std::move(stored.error());
  }
  if (stored->size() > most_worker_file_bytes) return fault("is longer than a worker takes");
  if (auto error = worker.begin(kind, stored->size())) return error;
  sent_.push_back(uid);
  return send_bytes(worker, *stored, &own_error_);
}

caf::error series_run::take(worker_frame& frame) {
  switch (frame.kind) {
  case worker_frame_kind::progress:
    at_ = progress_from_text(frame.text());
    read_ += size_t(at_.at == "reading");
    return {};
  case worker_frame_kind::object:
    return keep_object(std::move(frame.bytes));
  case worker_frame_kind::result: {
    auto run = run_from_result(frame.text());
    if (!run) return std::move(run.error());
    return keep(std::move(*run));
  }
  default:
    return {};
  }
}

caf::error series_run::keep_object(std::vector<uint8_t> part10) {
  const auto reading = read_part10_meta(part10.data(), part10.size(), true);
  if (!reading) return reading.error();
  const auto uid = reading->meta.sop_instance_uid;
  const auto stored = deliver_once(running_, options_.intake, uid, std::move(part10));
  if (!stored) return stored.error();
  spdlog::info("job {}: {} is {}", running_.what.id, uid, *stored ? "stored" : "stored already");
  return {};
}

caf::error series_run::keep(analysis_run run) {
  const analyser_version name{run.analyser, run.version};
  run.study = study_;
  run.study_uid = input_.study_uid;
  run.series_uid = input_.series_uid;
  run.input_digest = input_.digest;
  run.job = running_.what.id;
  run.started_at = started_at_;
  for (const auto& fault : faults_) add_warning(run, fault);
  if (run.state == "failed") spdlog::warn("{} of series {} failed: {}", run.analyser, run.series_uid, run.error);
  ++(run.state == "failed" ? failed_ : done_);
  const analysis_record record{running_.who(), std::move(run), options_.escalate_after_ms};
  const auto kept = ask_index<int64_t>(running_.self, running_.directory, analyses_of, record);
  if (!kept) return kept.error();
  known_.insert(name);
  return {};
}

/// Finds out what the worker has died of: the analyser that was at work, or the image that was being read.
caf::error series_run::blame(const caf::error& error) {
  const auto guilty = std::find_if(analysers_.all.begin(), analysers_.all.end(),
                                   [&](const analyser_version& each) { return each.first == at_.at; });
  const bool is_reading = guilty == analysers_.all.end();
  const bool is_over_an_image = is_reading && code_of(error) == errc::internal && read_ < sent_.size();
  if (is_over_an_image) {
    spdlog::warn("job {}: {} over instance {}", running_.what.id, reason_of(error), sent_[read_]);
    left_out_.insert(sent_[read_]);
    return {};
  }
  const auto& name = is_reading ? analysers_.all.back() : *guilty;
  analysis_run run;
  run.analyser = name.first;
  run.version = name.second;
  run.state = "failed";
  run.error = reason_of(error).substr(0, 4000);
  run.seconds = static_cast<double>(now_ms() - started_at_) / 1000;
  return own_error_ = keep(std::move(run));
}

} // namespace noctis
