#pragma once

#include "messages/actors.hpp"

#include <caf/blocking_actor.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace noctis {

/// A job while it runs.
class running_job {
public:
  running_job(caf::blocking_actor* self, directory_actor directory, std::string worker, job what);

  caf::blocking_actor* const self;
  const directory_actor directory;
  const job what;

  /// Tells the ledger how far the job is (0 … 1), at most once a second. False: stop; it was cancelled or taken away,
  /// or the node stops.
  bool report(double progress);

  /// Whether the worker has been told to end.
  [[nodiscard]] bool is_stopping() const { return stopping_; }

  /// In whose name the job acts: this system, within the job's facility.
  [[nodiscard]] principal who() const;

private:
  using clock = std::chrono::steady_clock;

  std::string worker_;
  clock::time_point reported_;
  bool go_on_ = true;
  bool stopping_ = false;
};

/// Does a job and returns how it ended, without id and worker.
using job_function = std::function<job_end(running_job&)>;

/// Where a worker stands.
struct worker_place {
  directory_actor directory;
  std::string name; ///< of node and worker, unique
  std::vector<std::string> queues;
  std::string redis_url; ///< "": no Redis; the worker asks the ledger each second
};

/// Does jobs of the place's queues with `run`, one at a time, which blocks: detached. Redis tells when one waits; the
/// most urgent one of the queues is taken from the ledger. On EXIT it ends the job under way at its next report, which
/// has it wait for another worker, and quits.
void job_worker(caf::blocking_actor* self, const worker_place& place, const job_function& run);

/// Waits for the order to end, at most that long; whether it came.
bool is_told_to_end(caf::blocking_actor* self, std::chrono::milliseconds patience);

/// The part of an index that keeps the ledger.
inline jobs_actor jobs_of(const index_service& index) { return index.jobs; }

/// An end by `error`; `final`: another attempt cannot mend it.
job_end failed(const caf::error& error, bool final = false);

} // namespace noctis
