#pragma once

#include "actors/storage/stored_instance.hpp"
#include "actors/work/analysis_input.hpp"
#include "actors/work/analyst.hpp"
#include "actors/work/prior_study.hpp"
#include "messages/analyses.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace noctis {

/// An analyser and its version.
using analyser_version = std::pair<std::string, std::string>;

/// What a worker can do.
struct analyser_set {
  std::vector<analyser_version> all; ///< quality control is the last
  std::string signature;             ///< of all of them: other analysers or versions, another signature
  analyser_version comparison;       ///< what compares a series with that of a prior study
  std::vector<std::string> compared; ///< the analysers whose results it compares
  std::vector<std::string> refused;  ///< models, a sentence each
};

/// Asks the worker program what analysers it has. Errors: those of `worker_process`.
caf::expected<analyser_set> analysers_of(running_job& running, const analyst_options& options);

/// One series on its way through worker processes: through all analysers, or through the comparison with a prior study.
class series_run {
public:
  /// `study` is the study's row id; `known` are the runs that need not be done.
  series_run(running_job& running, const analyst_options& options, const analysis_input& input, int64_t study,
             const analyser_set& analysers, std::set<analyser_version> known);

  /// Has the series compared with that of a prior study instead. `analysers` has the comparison alone then.
  void compare_with(const prior_input& prior) { prior_ = &prior; }

  /// Has the series analysed and keeps its runs. `progress` gets the share that is done (0 … 1); false: stop. A worker
  /// that dies by an analyser's fault, or over an image, is started again without it. Error: what another attempt of
  /// the job may mend, the worker's end by SIGKILL and the archive's absence among it.
  caf::error run(const std::function<bool(double)>& progress);

  [[nodiscard]] size_t done() const { return done_; }
  [[nodiscard]] size_t failed() const { return failed_; }

private:
  caf::error run_once(const std::function<bool(double)>& progress);
  caf::error send_images(worker_process& worker);
  caf::error send_images(worker_process& worker, worker_frame_kind kind, const std::vector<image_row>& images);
  caf::error send_image(worker_process& worker, worker_frame_kind kind, const image_row& row);
  caf::error take(worker_frame& frame);
  caf::error keep_object(std::vector<uint8_t> part10);
  caf::error keep(analysis_run run);
  caf::error blame(const caf::error& error);
  [[nodiscard]] std::string task_text() const;

  running_job& running_;
  const analyst_options& options_;
  const analysis_input& input_;
  int64_t study_;
  const analyser_set& analysers_;
  std::set<analyser_version> known_;
  const prior_input* prior_ = nullptr;
  std::set<std::string> left_out_;  ///< SOP Instance UIDs of images that a worker died over
  std::vector<std::string> faults_; ///< of images that did not reach the worker
  std::vector<std::string> sent_;   ///< SOP Instance UIDs in the order in which they went
  size_t read_ = 0;                 ///< images that the worker says it has read
  worker_progress at_;              ///< where the worker is
  caf::error own_error_;            ///< of index and archive, not the worker's
  int64_t started_at_ = 0;          ///< ms since the epoch
  size_t done_ = 0;
  size_t failed_ = 0;
};

} // namespace noctis
