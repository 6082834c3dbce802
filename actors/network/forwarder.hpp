#pragma once

#include "actors/work/job_worker.hpp"

#include <chrono>
#include <string>

namespace noctis {

struct outgoing_options {
  std::string calling_title;                 ///< with which we call others
  std::chrono::seconds response_timeout{60}; ///< for each answer
  std::string deidentification_secret;       ///< what new UIDs and pseudonyms are derived from
};

/// Does a forward job: sends what its order names, or what a routing rule has still to send of a study, and notes each
/// instance that the destination has taken. A failure of one instance does not keep the others; the job then fails and
/// is tried again by the ledger.
job_end run_forward(running_job& running, const outgoing_options& options);

/// Does a commitment job: checks what a modality wants to be kept and tells it over an association of ours.
job_end run_commitment(running_job& running, const outgoing_options& options);

/// Does a job of either queue.
job_end run_outgoing(running_job& running, const outgoing_options& options);

} // namespace noctis
