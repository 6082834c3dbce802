#pragma once

#include "imaging/analysis.hpp"

#include <caf/error.hpp>

#include <string>

namespace noctis {

/// What one analyser came to on one series.
struct analyser_run {
  std::string analyser;
  std::string version;
  caf::error error; ///< why it failed; none: it is done
  double seconds = 0;
  analysis result; ///< where it is done
  std::string report_uid;
  std::string segmentation_uid;
  std::string segmentation_series_uid;
  std::string details = "{}"; ///< a JSON object
  std::string signature;      ///< of all analysers, where all that was due is done with this run; goes into the details
};

/// Returns the JSON object of a result frame: {"analyser","version","state","error","code","seconds","urgent",
/// "urgency_reason","warnings","findings","report_uid","segmentation_uid","segmentation_series_uid","details"}; a
/// finding is {"kind","what","site","laterality","value","unit","position","diameter_mm","volume_ml","mean_hu"}, a code
/// [value, scheme, meaning].
std::string run_json(const analyser_run& run);

/// Returns the details of an HU calibration: {"out_of_tolerance", "inserts": [{"material","measured_hu","expected_hu",
/// "tolerance_hu"}]}.
std::string calibration_details(const analysis& result);

} // namespace noctis
