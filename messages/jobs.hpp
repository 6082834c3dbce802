#pragma once

#include "messages/principal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

// The ledger of background work. A job is handed to one worker at a time, under a lease; a worker that dies loses it,
// and the job runs again. Its effect must be the same when it runs twice.

struct job {
  int64_t id = 0;
  std::string queue;    ///< forward, commitment …
  std::string state;    ///< pending, running, done, failed, cancelled
  std::string priority; ///< elective, routine, urgent, stat
  int64_t facility = 0; ///< 0: none
  int32_t attempts = 0; ///< begun so far, this one included
  int32_t max_attempts = 0;
  double progress = 0;     ///< 0 … 1
  std::string payload;     ///< a JSON object: what to do
  std::string result;      ///< a JSON object, "" until done
  std::string error;       ///< why the last attempt failed
  std::string worker;      ///< who runs it
  int64_t created_at = 0;  ///< ms since the epoch, UTC
  int64_t run_after = 0;   ///< not before this moment
  int64_t finished_at = 0; ///< 0: not yet
};

/// Puts a job into the ledger; answered with its id. Where a job of the same `unique_key` waits, that one is it.
struct job_submission {
  principal who;
  std::string queue;
  std::string payload;    ///< a JSON object
  std::string unique_key; ///< "": none
  std::string priority = "routine";
  int32_t max_attempts = 5;
  int64_t delay_ms = 0; ///< to wait before the first attempt
};

/// Asks for the next job of some queues, urgent ones first.
struct job_claim {
  std::vector<std::string> queues;
  std::string worker; ///< name of node and actor
  int64_t lease_ms = 60000;
};

/// How far a running job is. Prolongs its lease; answered false when the job was cancelled or taken away.
struct job_progress {
  int64_t id = 0;
  std::string worker;
  double progress = 0; ///< 0 … 1
  int64_t lease_ms = 60000;
};

/// The end of an attempt.
struct job_end {
  int64_t id = 0;
  std::string worker;
  std::string result; ///< a JSON object; of success
  std::string error;  ///< "": success
  bool final = false; ///< a failure that another attempt cannot mend
};

/// A page of jobs, newest first. Empty fields do not restrict.
struct job_filter {
  principal who;
  std::string queue;
  std::string state;
  int32_t page = 1;
  int32_t page_size = 50; ///< 1 … 200
};

struct job_page {
  int64_t count = 0;
  std::vector<job> jobs;
};

template <class I>
typename I::result_type inspect(I& f, job& x) {
  return f(x.id, x.queue, x.state, x.priority, x.facility, x.attempts, x.max_attempts, x.progress, x.payload, x.result,
           x.error, x.worker, x.created_at, x.run_after, x.finished_at);
}

template <class I>
typename I::result_type inspect(I& f, job_submission& x) {
  return f(x.who, x.queue, x.payload, x.unique_key, x.priority, x.max_attempts, x.delay_ms);
}

template <class I>
typename I::result_type inspect(I& f, job_claim& x) {
  return f(x.queues, x.worker, x.lease_ms);
}

template <class I>
typename I::result_type inspect(I& f, job_progress& x) {
  return f(x.id, x.worker, x.progress, x.lease_ms);
}

template <class I>
typename I::result_type inspect(I& f, job_end& x) {
  return f(x.id, x.worker, x.result, x.error, x.final);
}

template <class I>
typename I::result_type inspect(I& f, job_filter& x) {
  return f(x.who, x.queue, x.state, x.page, x.page_size);
}

template <class I>
typename I::result_type inspect(I& f, job_page& x) {
  return f(x.count, x.jobs);
}

} // namespace noctis
