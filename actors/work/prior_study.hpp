#pragma once

#include "actors/work/analysis_input.hpp"
#include "actors/work/job_worker.hpp"
#include "messages/analyses.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// A series of an earlier study that a series can be compared with.
struct prior_input {
  analysis_input series;
  std::string study_date; ///< YYYYMMDD
  double days = 0;        ///< between the studies' dates
  std::string analyser;   ///< what both were analysed by
};

/// The patient's studies before and after one of them that show the same kind of image, the nearest first. Where two
/// people may stand behind the patient, or the study has no date, there are none.
class patient_history {
public:
  /// Looks the patient up. Errors: those of the index.
  static caf::expected<patient_history> of(running_job& running, const study_row& study);

  /// Returns what a series of the study is compared with: of the nearest earlier study that has one, the series on
  /// which the same one of `analysers` was done; none where there is no such study. `runs` are those of the study.
  /// Errors: those of the index.
  caf::expected<std::optional<prior_input>> prior_of(const analysis_input& series,
                                                     const std::vector<analysis_run>& runs,
                                                     const std::vector<std::string>& analysers);

  /// Returns the studies after this one that are or were analysed: they may be compared with it now.
  [[nodiscard]] const std::vector<study_row>& later() const { return later_; }

private:
  struct earlier_study {
    int64_t id = 0;
    std::string date;
    double days = 0; ///< before the study
    bool is_read = false;
    std::vector<analysis_input> series;
    std::vector<analysis_run> runs;
  };

  explicit patient_history(running_job& running) : running_(running) {}
  void take(const std::vector<study_row>& studies, const study_row& study);
  caf::error read(earlier_study& study);

  running_job& running_;
  std::vector<earlier_study> earlier_;
  std::vector<study_row> later_;
};

/// Returns what stands for both series together, as `analysis_input::digest` does for one.
std::string digest_of_both(const analysis_input& series, const prior_input& prior);

} // namespace noctis
