#pragma once

#include "messages/jobs.hpp"
#include "schema/connection.hpp"

#include <vector>

namespace noctis::schema {

/// The ledger of background work. Jobs of no facility are seen by who sees all facilities.
class jobs_repository {
public:
  explicit jobs_repository(database& db) : db_(db) {}

  /// Adds a job and returns its id. Where a job of the same key waits, that one is it; where one runs, it will run
  /// once more. Throws `invalid_argument` naming the field.
  int64_t submit(const job_submission& submission);

  /// Hands out the next job of the queues, or nothing. Jobs whose worker let its lease run out wait again first, or
  /// have failed where no attempt is left.
  std::vector<job> claim(const job_claim& claim);

  /// Tokens of jobs that are due, of each queue the most urgent: those that were never handed out, and where
  /// `older_than_ms` is above 0, those that were handed out longer ago and wait still. Throws `invalid_argument`.
  std::vector<job_token> hand_out(const job_handout& request);

  /// The state of each queue, as far as the principal sees its jobs. Throws `invalid_argument`.
  queue_states queues(const queue_request& request);

  /// Forgets jobs that ended well or were cancelled so many days ago, at most 1,000; how many it were.
  int64_t prune(int32_t days);

  /// Notes how far a job is and prolongs its lease; false: it is no longer this worker's.
  bool report(const job_progress& progress);

  /// Ends an attempt. A failure that another attempt may mend has the job wait, twice as long each time, at most ten
  /// minutes. Throws `state_conflict` where the job is no longer this worker's.
  void end(const job_end& end);

  /// A page, newest first. Throws `invalid_argument` for a page below 1 or a size outside 1 to 200.
  job_page list(const job_filter& filter);

  /// Throws `not_found`.
  job find(const principal& who, int64_t id);

  /// Stops a job that waits or runs. Throws `not_found`; `state_conflict` where it has ended.
  job cancel(const principal& who, int64_t id);

  /// Lets a failed or cancelled job begin anew. Throws `not_found`; `state_conflict` where it has another state, or
  /// another job of its key waits or runs.
  job retry(const principal& who, int64_t id);

private:
  job change(const principal& who, int64_t id, const std::string& sql, const std::string& action);

  database& db_;
};

} // namespace noctis::schema
