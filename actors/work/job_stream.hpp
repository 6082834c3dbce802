#pragma once

#include "actors/system/redis_connection.hpp"
#include "messages/jobs.hpp"

#include <caf/expected.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace noctis {

/// Carries tokens of jobs to workers: a Redis stream for each queue, with one consumer group, so that each token comes
/// to one worker. What Redis loses, the ledger gives out again. Its functions block; they fail with
/// `errc::cache_unavailable` where Redis is away.
class job_stream {
public:
  explicit job_stream(std::string redis_url) : redis_(std::move(redis_url)) {}

  /// Adds tokens.
  caf::error add(const std::vector<job_token>& tokens);

  /// How many tokens each queue has that no worker has answered yet, in the order of `queues`.
  caf::expected<std::vector<int64_t>> lengths(const std::vector<std::string>& queues);

  /// Waits for a token of any of the queues, at most `patience` (below 2 s), and takes it. An empty list: none came.
  /// `consumer` is this worker's name.
  caf::expected<std::vector<job_token>> next(const std::string& consumer, const std::vector<std::string>& queues,
                                             std::chrono::milliseconds patience);

  /// Removes tokens that a worker took so long ago and never answered: it is gone.
  caf::error forget_taken(const std::vector<std::string>& queues, std::chrono::milliseconds age);

private:
  caf::error make_groups(const std::vector<std::string>& queues);

  redis_connection redis_;
};

} // namespace noctis
