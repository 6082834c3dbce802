#include "worker/analyse.hpp"

#include "dicom/digest.hpp"
#include "imaging/analysers/prior_change.hpp"
#include "imaging/analysers/quality_control.hpp"
#include "messages/errors.hpp"
#include "messages/json_text.hpp"
#include "worker/guarded.hpp"
#include "worker/image_reading.hpp"
#include "worker/run_sending.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace noctis {

namespace {

constexpr double reading_share = 0.5;
constexpr uint64_t memory_of_analysis = 3; ///< of the volume's own size

/// One series on its way through the analysers.
class series_analysis {
public:
  series_analysis(worker_channel& channel, const analysis_task& task, const analyser_list& analysers)
      : channel_(channel), task_(task), analysers_(analysers),
        reader_(task.instances, most_volume_bytes(task, memory_of_analysis),
                [this](const series_traits& traits) { return wants(traits); }) {}

  caf::error run() {
    if (auto error = read_images(channel_, task_, reading_share, reader_)) return error;
    const auto traits = reader_.traits();
    std::vector<const analyser*> due;
    for (const auto& each : analysers_)
      if (!is_known(each->name(), each->version()) && each->applies_to(traits).applies) due.push_back(each.get());
    if (reader_.slices() == 0) due.clear();
    if (!due.empty()) make_volume();
    for (size_t i = 0; i < due.size(); ++i)
      if (auto error = run_one(*due[i], traits, i, due.size())) return error;
    image_.reset();
    return check_quality();
  }

private:
  [[nodiscard]] bool is_known(const std::string& name, const std::string& version) const {
    return std::find(task_.known.begin(), task_.known.end(), std::make_pair(name, version)) != task_.known.end();
  }

  [[nodiscard]] bool wants(const series_traits& traits) const {
    return std::any_of(analysers_.begin(), analysers_.end(), [&](const auto& each) {
      return !is_known(each->name(), each->version()) && each->applies_to(traits).applies;
    });
  }

  void make_volume() {
    const auto begin = std::chrono::steady_clock::now();
    image_ = guarded([this] { return reader_.take_volume(); });
    volume_seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }

  caf::error run_one(const analyser& what, const series_traits& traits, size_t place, size_t count) {
    const auto begin = std::chrono::steady_clock::now();
    const auto share_of = [&](double share) {
      return reading_share + (1 - reading_share) * (double(place) + share) / double(count);
    };
    analyser_run run{what.name(), what.version(), {}, 0, {}, {}, {}, {}, "{}", {}};
    if (auto error = channel_.progress({share_of(0), run.analyser})) return error;
    caf::error lost; // nobody listens any more
    const run_control control{[&](double share) {
                                if (auto error = channel_.progress({share_of(share), run.analyser})) lost = error;
                              },
                              [&] { return bool(lost); }};
    auto found = *image_ ? guarded([&] { return what.analyse(**image_, traits, control); })
                         : caf::expected<analysis>{image_->error()};
    if (lost) return lost;
    if (found)
      run.result = std::move(*found);
    else
      run.error = std::move(found.error());
    const auto taken = std::chrono::steady_clock::now() - begin;
    run.seconds = std::chrono::duration<double>(taken).count() + volume_seconds_;
    return send(run, place + 1 == count && knows_quality());
  }

  [[nodiscard]] bool knows_quality() const { return is_known(quality_control::name, quality_control::version); }

  caf::error check_quality() {
    if (knows_quality()) return {};
    analyser_run run{quality_control::name, quality_control::version, {}, reader_.seconds(), {}, {}, {}, {}, "{}", {}};
    auto result = reader_.quality();
    if (result)
      run.result = std::move(*result);
    else
      run.error = std::move(result.error());
    return send(run, true);
  }

  /// `is_last`: all that was due is done with this run.
  caf::error send(analyser_run& run, bool is_last) {
    if (run.analyser == "hu-calibration" && !run.error) run.details = calibration_details(run.result);
    if (is_last) run.signature = task_.signature;
    return send_run(channel_, task_, reader_, run);
  }

  worker_channel& channel_;
  const analysis_task& task_;
  const analyser_list& analysers_;
  series_reader reader_;
  std::optional<caf::expected<volume>> image_;
  double volume_seconds_ = 0;
};

} // namespace

caf::error analyse_series(worker_channel& channel, const analysis_task& task, const analyser_list& analysers) {
  return series_analysis{channel, task, analysers}.run();
}

caf::error list_analysers(worker_channel& channel, const rapidjson::Value& task) {
  const auto models = models_in(task);
  if (!models) return models.error();
  const auto installed = analysers_with_models(*models);
  json_text json;
  std::string all;
  const auto add = [&](const std::string& name, const std::string& version) {
    json.value(std::vector<std::string>{name, version});
    all += name + " " + version + "\n";
  };
  json.begin_object();
  json.key("analysers");
  json.begin_array();
  for (const auto& each : installed.all) add(each->name(), each->version());
  add(quality_control::name, quality_control::version);
  json.end_array();
  json.field("signature", digest_of(all.data(), all.size()));
  json.key("comparison");
  json.begin_object();
  json.field("name", prior_change::name);
  json.field("version", prior_change::version);
  json.field("of", compared_analysers());
  json.end_object();
  json.field("refused", installed.refused);
  json.end_object();
  return channel.result(json.take());
}

caf::error analyse(worker_channel& channel, const rapidjson::Value& task) {
  const auto read = read_analysis_task(task);
  if (!read) return read.error();
  return analyse_series(channel, *read, analysers_with_models(read->models).all);
}

} // namespace noctis
