#pragma once

#include "actors/intake/intake.hpp"
#include "actors/work/job_worker.hpp"

#include <string>

namespace noctis {

struct annotator_options {
  intake_options intake; ///< how the archive takes what is written
};

/// Does a job of the queue `annotation_queue`: writes what somebody has annotated in a study as DICOM objects and
/// brings them in by the way that all instances take. A job that runs twice stores an object once: its SOP Instance UID
/// is that of the change up to which it goes, and what the archive has already is not written again.
job_end run_annotations(running_job& running, const annotator_options& options);

} // namespace noctis
