#include "actors/work/analyst.hpp"

#include "actors/system/ask_index.hpp"
#include "actors/work/analysis_order.hpp"
#include "actors/work/prior_study.hpp"
#include "actors/work/series_run.hpp"
#include "actors/work/worker_input.hpp"
#include "messages/json_members.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace noctis {

namespace {

/// Whether a run was the last of all that the analysers of `signature` had to do.
bool is_last_of(const analysis_run& run, const std::string& signature) {
  std::string noted;
  json_members details{run.details, "details"};
  details.text("signature", noted);
  return !details.error() && noted == signature;
}

constexpr double analysis_share = 0.8; // of a job; the rest compares with prior studies

/// A study on its way through the analysers.
class study_analysis {
public:
  study_analysis(running_job& running, const analyst_options& options) : running_(running), options_(options) {}

  job_end run(const std::string& study_uid) {
    const study_request request{running_.who(), {0, study_uid}, true};
    const auto study = ask_index<study_detail>(running_.self, running_.directory, query_of, request);
    if (!study) return failed(study.error(), code_of(study.error()) == errc::not_found);
    auto analysers = analysers_of(running_, options_);
    if (!analysers) return failed(analysers.error());
    analysers_ = std::move(*analysers);
    for (const auto& each : analysers_.refused) spdlog::warn("job {}: {}", running_.what.id, each);
    inputs_ = inputs_of(*study);
    auto error = analyse(study->study);
    const bool is_new = done_ > 0 || running_.what.attempts > 1;
    if (code_of(error) != errc::cancelled) {
      auto other = compare(study->study, is_new);
      if (!error || code_of(other) == errc::cancelled) error = std::move(other);
    }
    if (code_of(error) == errc::cancelled) return failed(error);
    job_end end;
    end.result = R"({"series":)" + std::to_string(inputs_.size()) + R"(,"skipped":)" + std::to_string(skipped_) +
                 R"(,"done":)" + std::to_string(done_) + R"(,"failed":)" + std::to_string(failed_) + "}";
    if (error) end.error = reason_of(error);
    return end;
  }

private:
  caf::expected<analysis_list> runs_of(const study_row& study) {
    return ask_index<analysis_list>(running_.self, running_.directory, analyses_of,
                                    analysis_filter{running_.who(), {study.id, {}}, false});
  }

  /// Does `work` for each series; its progress takes the job from one share to another. Error: the first of a series,
  /// which does not keep the others, or that the job was cancelled.
  template <class Work>
  caf::error each_series(double from, double to, Work work) {
    caf::error first;
    for (size_t i = 0; i < inputs_.size(); ++i) {
      auto error = work(inputs_[i], [&](double share) {
        return running_.report(from + (to - from) * (double(i) + share) / double(inputs_.size()));
      });
      if (code_of(error) == errc::cancelled) return error;
      if (error && !first) first = std::move(error);
    }
    return first;
  }

  caf::error analyse(const study_row& study) {
    const auto known = runs_of(study);
    if (!known) return known.error();
    return each_series(0, analysis_share, [&](const analysis_input& input, const auto& progress) {
      return analyse_series(study, input, known->runs, progress);
    });
  }

  caf::error analyse_series(const study_row& study, const analysis_input& input, const std::vector<analysis_run>& runs,
                            const std::function<bool(double)>& progress) {
    std::set<analyser_version> known;
    bool is_complete = false;
    for (const auto& run : runs) {
      if (run.series_uid != input.series_uid || run.input_digest != input.digest) continue;
      known.emplace(run.analyser, run.version);
      is_complete = is_complete || is_last_of(run, analysers_.signature);
    }
    if (is_complete) {
      ++skipped_;
      return {};
    }
    return counted({running_, options_, input, study.id, analysers_, std::move(known)}, progress);
  }

  /// Has each series compared with that of a prior study, where there is one; `is_new`: and later studies with this.
  caf::error compare(const study_row& study, bool is_new) {
    if (analysers_.compared.empty()) return {};
    const auto runs = runs_of(study);
    if (!runs) return runs.error();
    auto history = patient_history::of(running_, study);
    if (!history) return std::move(history.error());
    if (is_new)
      if (auto error = have_compared(history->later())) return error;
    return each_series(analysis_share, 1, [&](const analysis_input& input, const auto& progress) {
      const auto prior = history->prior_of(input, runs->runs, analysers_.compared);
      if (!prior) return prior.error();
      return *prior ? compare_series(study, input, **prior, runs->runs, progress) : caf::error{};
    });
  }

  /// Orders the analysis of studies anew, of which nothing is left to do but to compare them.
  caf::error have_compared(const std::vector<study_row>& studies) {
    for (const auto& each : studies) {
      const auto job =
          ask_index<int64_t>(running_.self, running_.directory, jobs_of, analysis_order(running_.who(), each));
      if (!job) return job.error();
    }
    return {};
  }

  caf::error compare_series(const study_row& study, analysis_input input, const prior_input& prior,
                            const std::vector<analysis_run>& runs, const std::function<bool(double)>& progress) {
    input.digest = digest_of_both(input, prior);
    const bool is_known = std::any_of(runs.begin(), runs.end(), [&](const analysis_run& run) {
      return run.series_uid == input.series_uid && run.input_digest == input.digest &&
             analyser_version{run.analyser, run.version} == analysers_.comparison;
    });
    if (is_known) return {};
    const analyser_set comparison{{analysers_.comparison}, {}, analysers_.comparison, {}, {}};
    series_run series{running_, options_, input, study.id, comparison, {}};
    series.compare_with(prior);
    return counted(std::move(series), progress);
  }

  caf::error counted(series_run series, const std::function<bool(double)>& progress) {
    auto error = series.run(progress);
    done_ += series.done();
    failed_ += series.failed();
    return error;
  }

  running_job& running_;
  const analyst_options& options_;
  analyser_set analysers_;
  std::vector<analysis_input> inputs_;
  size_t skipped_ = 0; ///< series
  size_t done_ = 0;    ///< runs
  size_t failed_ = 0;
};

} // namespace

job_end run_analysis(running_job& running, const analyst_options& options) {
  const auto study = study_uid_in(running.what.payload, "an analysis job");
  if (!study) return failed(study.error(), true);
  return study_analysis{running, options}.run(*study);
}

} // namespace noctis
