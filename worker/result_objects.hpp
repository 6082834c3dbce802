#pragma once

#include "dicom/objects/made_object.hpp"
#include "worker/run_json.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// What a run was about: the objects that tell its results refer to it.
struct run_subject {
  object_subject subject; ///< patient and study, and the frame of reference of the series
  std::string study_uid;
  std::string series_uid;
  std::string input_digest;
  std::vector<object_reference> sources; ///< the images that were read, once each; `frame` is 1 for multi-frame ones
  double slice_thickness = 0;            ///< mm; 0: unknown
  int64_t at = 0;                        ///< when the objects are said to be made; ms since the epoch, UTC
};

/// Writes the objects that tell what a run found: a Segmentation where it has a mask that is not empty, and an SR where
/// it has measurements or candidates, which comes last and refers to the other. Notes their UIDs in `run`: the same
/// for the same study, series, analyser, version and input. An object that cannot be written is a warning of the run.
/// Takes the masks out of `run`.
std::vector<made_object> result_objects(analyser_run& run, const run_subject& about);

} // namespace noctis
