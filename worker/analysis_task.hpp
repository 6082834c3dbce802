#pragma once

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace noctis {

/// The series of an earlier study, and what both were analysed by.
struct prior_task {
  std::string analyser;
  std::string study_uid;
  std::string series_uid;
  std::string study_date; ///< YYYYMMDD, "": unknown
  double days = 0;        ///< between the studies; 0: unknown
  size_t instances = 0;   ///< that will come
};

/// What the tasks `analyse` and `compare` say: {"study_uid","series_uid","input_digest","instances","memory","at",
/// "signature","models","known":[["analyser","version"]],"prior":{"analyser","study_uid","series_uid","study_date",
/// "days","instances"}}.
struct analysis_task {
  std::string study_uid;
  std::string series_uid;
  std::string input_digest;
  size_t instances = 0;                                   ///< that will come
  uint64_t memory = 0;                                    ///< bytes that the process may take; 0: as it likes
  int64_t at = 0;                                         ///< when its objects are said to be made; ms since the epoch
  std::string signature;                                  ///< noted in the details of the last run
  std::string models;                                     ///< a directory, "": none
  std::vector<std::pair<std::string, std::string>> known; ///< runs that need not be done: analyser and version
  std::optional<prior_task> prior;
};

/// Error: `invalid_argument`, which names the member.
caf::expected<analysis_task> read_analysis_task(const rapidjson::Value& json);

/// Returns the directory of models that a task names, "" where it names none. Error: `invalid_argument`.
caf::expected<std::string> models_in(const rapidjson::Value& json);

} // namespace noctis
