#pragma once

#include "actors/intake/intake.hpp"
#include "actors/work/job_worker.hpp"
#include "actors/work/worker_process.hpp"

#include <cstdint>
#include <string>

namespace noctis {

struct analyst_options {
  intake_options intake;         ///< how the archive takes the objects that tell results
  worker_options worker;         ///< the program, and the limits of each series' process
  int64_t escalate_after_ms = 0; ///< of alerts; 0: never
  std::string models;            ///< the directory of installed models, "": none
};

/// The part of an index that keeps analyses.
inline analyses_actor analyses_of(const index_service& index) { return index.analyses; }

/// Does a job of the queue `analysis_queue`: has each series of images of a study analysed by a worker process, and
/// compared with that of the patient's newest earlier study, stores the objects that come of it, and keeps the runs. A
/// run that is kept already for the same images is not done again. A series or an analyser that fails does not keep the
/// others: its run is kept as failed, with the reason.
job_end run_analysis(running_job& running, const analyst_options& options);

} // namespace noctis
