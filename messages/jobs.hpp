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
  int64_t study = 0;    ///< row id of the study that it is about; 0: none
  int32_t attempts = 0; ///< begun so far, this one included
  int32_t max_attempts = 0;
  double progress = 0;     ///< 0 … 1
  std::string payload;     ///< a JSON object: what to do
  std::string result;      ///< a JSON object, "" until done
  std::string error;       ///< why the last attempt failed
  std::string worker;      ///< who runs it
  int64_t created_at = 0;  ///< ms since the epoch, UTC
  int64_t run_after = 0;   ///< not before this moment
  int64_t started_at = 0;  ///< the last attempt; 0: none yet
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
  int64_t study = 0;    ///< row id of the study that it is about; 0: none
};

/// Asks for the next job of some queues, urgent ones first.
struct job_claim {
  std::vector<std::string> queues;
  std::string worker; ///< name of node and actor
  int64_t lease_ms = 60000;
};

/// That a job waits. Streams carry these to workers; whoever gets one claims the most urgent job of the queue.
struct job_token {
  int64_t id = 0;
  std::string queue;
};

/// How many tokens of a queue are wanted.
struct token_demand {
  std::string queue;
  int32_t limit = 100;       ///< 0 … 1,000, of jobs that have none yet, and of the others
  int64_t older_than_ms = 0; ///< of jobs whose last token is that old too; 0: of none
};

/// Asks for tokens of jobs that are due, urgent ones first, and notes that they were given out.
struct job_handout {
  std::vector<token_demand> queues; ///< 1 … 100
};

/// Asks for the state of the queues.
struct queue_request {
  principal who;
  int32_t hours = 24; ///< to look back for `done` and the durations; 1 … 720
};

struct queue_state {
  std::string queue;
  int64_t pending = 0;
  int64_t running = 0;
  int64_t failed = 0;
  int64_t done = 0;          ///< within the hours
  double mean_seconds = 0;   ///< of their last attempts
  double p95_seconds = 0;    ///< likewise
  int64_t oldest_due_ms = 0; ///< how long the job that waits longest has been due
};

struct queue_states {
  std::vector<queue_state> queues; ///< by name
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
  int64_t study = 0;
  int32_t page = 1;
  int32_t page_size = 50; ///< 1 … 200
};

struct job_page {
  int64_t count = 0;
  std::vector<job> jobs;
};

template <class I>
typename I::result_type inspect(I& f, job& x) {
  return f(x.id, x.queue, x.state, x.priority, x.facility, x.study, x.attempts, x.max_attempts, x.progress, x.payload,
           x.result, x.error, x.worker, x.created_at, x.run_after, x.started_at, x.finished_at);
}

template <class I>
typename I::result_type inspect(I& f, job_submission& x) {
  return f(x.who, x.queue, x.payload, x.unique_key, x.priority, x.max_attempts, x.delay_ms, x.study);
}

template <class I>
typename I::result_type inspect(I& f, job_claim& x) {
  return f(x.queues, x.worker, x.lease_ms);
}

template <class I>
typename I::result_type inspect(I& f, job_token& x) {
  return f(x.id, x.queue);
}

template <class I>
typename I::result_type inspect(I& f, token_demand& x) {
  return f(x.queue, x.limit, x.older_than_ms);
}

template <class I>
typename I::result_type inspect(I& f, job_handout& x) {
  return f(x.queues);
}

template <class I>
typename I::result_type inspect(I& f, queue_request& x) {
  return f(x.who, x.hours);
}

template <class I>
typename I::result_type inspect(I& f, queue_state& x) {
  return f(x.queue, x.pending, x.running, x.failed, x.done, x.mean_seconds, x.p95_seconds, x.oldest_due_ms);
}

template <class I>
typename I::result_type inspect(I& f, queue_states& x) {
  return f(x.queues);
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
  return f(x.who, x.queue, x.state, x.study, x.page, x.page_size);
}

template <class I>
typename I::result_type inspect(I& f, job_page& x) {
  return f(x.count, x.jobs);
}

} // namespace noctis
