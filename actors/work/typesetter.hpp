#pragma once

#include "actors/intake/intake.hpp"
#include "actors/work/job_worker.hpp"
#include "actors/work/worker_process.hpp"
#include "messages/typesetting.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace noctis {

/// What comes of an order.
struct typeset_result {
  std::vector<uint8_t> pdf;
  std::vector<std::vector<uint8_t>> objects; ///< Part 10 files: the SR, the Encapsulated PDF
};

/// Has a worker process typeset a report, whose key images it reads from the store: the order's `images` are found
/// here. `goes_on` is asked now and then. Blocks. Errors: as of `worker_process`, of the index and the store.
caf::expected<typeset_result> typeset(caf::blocking_actor* self, const directory_actor& directory,
                                      const worker_options& worker, const principal& who, typeset_order order,
                                      const std::function<bool()>& goes_on);

struct typesetter_options {
  intake_options intake;
  worker_options worker;
};

/// The part of an index that keeps reports.
inline reports_actor reports_of(const index_service& index) { return index.reports; }

/// Does a job of the queue `report_queue`: a signed version becomes SR and Encapsulated PDF in its study. The objects'
/// UIDs follow from report and version: what the archive has already is not stored again.
job_end run_typesetting(running_job& running, const typesetter_options& options);

/// Returns what is printed of a report: its draft (version 0), or one of its signed versions. Error: `not_found`.
caf::expected<typeset_order> order_of(const report& what, const report_versions& signed_versions, int32_t version,
                                      const letterhead& head);

} // namespace noctis
