#include "worker/compare.hpp"

#include "imaging/analysers/prior_change.hpp"
#include "imaging/concepts.hpp"
#include "messages/errors.hpp"
#include "messages/json_text.hpp"
#include "worker/guarded.hpp"
#include "worker/image_reading.hpp"
#include "worker/run_sending.hpp"

#include <algorithm>
#include <chrono>

namespace noctis {

namespace {

constexpr double reading_share = 0.3;
constexpr double analysed_share = 0.6;
constexpr uint64_t memory_of_comparison = 6; ///< two volumes and an analyser, of the size of one

std::string details_of(const prior_task& prior) {
  json_text json;
  json.begin_object();
  json.field("prior_study_uid", prior.study_uid);
  json.field("prior_series_uid", prior.series_uid);
  json.field("prior_study_date", prior.study_date);
  json.end_object();
  return json.take();
}

class comparison {
public:
  comparison(worker_channel& channel, const analysis_task& task, const analyser& what)
      : channel_(channel), task_(task), what_(what), now_(reader_of(task.instances)),
        prior_(reader_of(task.prior->instances)) {}

  caf::error run() {
    const auto begin = std::chrono::steady_clock::now();
    if (auto error = read_images(channel_, task_, reading_share, now_, &prior_)) return error;
    if (auto error = tell(reading_share)) return error;
    analyser_run run{prior_change::name, prior_change::version, {}, 0, {}, {}, {}, {}, details_of(*task_.prior), {}};
    auto found = compare();
    if (lost_) return lost_;
    if (found)
      run.result = std::move(*found);
    else
      run.error = std::move(found.error());
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return send_run(channel_, task_, now_, run);
  }

private:
  struct analysed {
    volume image;
    analysis result;
  };

  [[nodiscard]] series_reader reader_of(size_t instances) const {
    return {instances, most_volume_bytes(task_, memory_of_comparison),
            [this](const series_traits& traits) { return what_.applies_to(traits).applies; }};
  }

  caf::error tell(double share) { return channel_.progress({share, prior_change::name}); }

  /// Follows a part of the run that takes it from one share to another.
  run_control control(double from, double to) {
    return {[=](double share) {
              if (auto error = tell(from + share * (to - from))) lost_ = error;
            },
            [this] { return bool(lost_); }};
  }

  caf::expected<analysed> analyse(series_reader& series, double from, double to) {
    return guarded([&]() -> caf::expected<analysed> {
      const auto traits = series.traits();
      if (const auto fits = what_.applies_to(traits); !fits.applies)
        return failure(errc::invalid_argument, fits.reason);
      auto image = series.take_volume();
      if (!image) return std::move(image.error());
      auto result = what_.analyse(*image, traits, control(from, to));
      if (!result) return std::move(result.error());
      return analysed{std::move(*image), std::move(*result)};
    });
  }

  caf::expected<analysis> compare() {
    constexpr auto half = (reading_share + analysed_share) / 2;
    const auto now = analyse(now_, reading_share, half);
    if (!now) return now.error();
    const auto prior = analyse(prior_, half, analysed_share);
    if (!prior) return failure(code_of(prior.error()), "the prior study: " + reason_of(prior.error()));
    auto found = guarded([&] {
      return prior_change::compare({now->image, now->result}, {prior->image, prior->result}, task_.prior->days,
                                   control(analysed_share, 1));
    });
    if (!found) return found;
    if (task_.prior->days > 0)
      found->measurements.push_back(
          {concepts::own("PRIORINTERVAL", "Time since the prior study"), task_.prior->days, "d", {}, {}, {}});
    for (const auto& fault : prior_.faults()) found->warnings.push_back("the prior study: " + fault);
    return found;
  }

  worker_channel& channel_;
  const analysis_task& task_;
  const analyser& what_;
  series_reader now_;
  series_reader prior_;
  caf::error lost_; ///< nobody listens any more
};

} // namespace

caf::error compare_series(worker_channel& channel, const analysis_task& task, const analyser_list& analysers) {
  if (!task.prior) return failure(errc::invalid_argument, "the task names no prior study");
  const auto what = std::find_if(analysers.begin(), analysers.end(),
                                 [&](const auto& each) { return each->name() == task.prior->analyser; });
  if (what == analysers.end())
    return failure(errc::invalid_argument, "there is no analyser '" + task.prior->analyser + "'");
  return comparison{channel, task, **what}.run();
}

caf::error compare(worker_channel& channel, const rapidjson::Value& task) {
  const auto read = read_analysis_task(task);
  if (!read) return read.error();
  return compare_series(channel, *read, analysers_with_models(read->models).all);
}

} // namespace noctis
