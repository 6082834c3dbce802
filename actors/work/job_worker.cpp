#include "actors/work/job_worker.hpp"

#include "actors/system/ask_index.hpp"
#include "actors/work/job_stream.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace noctis {

namespace {

constexpr auto report_interval = std::chrono::seconds{1};
constexpr int64_t lease_ms = 180000; // of a job whose worker is silent: longer than the longest instance takes
constexpr auto token_patience = std::chrono::milliseconds{500};
constexpr auto idle = std::chrono::milliseconds{1000};       // between two claims while Redis is away
constexpr auto long_idle = std::chrono::milliseconds{10000}; // while it is there and silent

/// Says when it is time to claim a job: when a token has come, and now and then without.
class waiting_worker {
public:
  waiting_worker(caf::blocking_actor* self, const worker_place& place)
      : self_(self), place_(place), stream_(place.redis_url) {}

  /// Waits; false: the order to end has come.
  bool wait() {
    while (true) {
      const auto token = stream_.next(place_.name, place_.queues, token_patience);
      if (token && !token->empty()) return !is_told_to_end(self_, std::chrono::milliseconds{0});
      const auto rest = token ? std::chrono::milliseconds{0} : std::chrono::milliseconds{idle};
      if (is_told_to_end(self_, rest)) return false;
      if (!token || clock::now() - claimed_ >= long_idle) return true;
    }
  }

  std::vector<job> claim() {
    claimed_ = clock::now();
    auto claimed =
        ask_index<std::vector<job>>(self_, place_.directory, jobs_of, job_claim{place_.queues, place_.name, lease_ms});
    return claimed ? std::move(*claimed) : std::vector<job>{}; // the index tells its own failures
  }

private:
  using clock = std::chrono::steady_clock;

  caf::blocking_actor* self_;
  const worker_place& place_;
  job_stream stream_;
  clock::time_point claimed_{};
};

} // namespace

bool is_told_to_end(caf::blocking_actor* self, std::chrono::milliseconds patience) {
  bool told = false;
  self->receive([&](const caf::exit_msg&) { told = true; }, caf::after(patience) >> [] {});
  return told;
}

job_end failed(const caf::error& error, bool final) {
  job_end end;
  end.error = reason_of(error);
  end.final = final;
  return end;
}

running_job::running_job(caf::blocking_actor* actor, directory_actor where, std::string worker, job given)
    : self(actor), directory(std::move(where)), what(std::move(given)), worker_(std::move(worker)),
      reported_(clock::now()) {}

bool running_job::report(double progress) {
  stopping_ = stopping_ || is_told_to_end(self, std::chrono::milliseconds{0});
  if (stopping_ || !go_on_) return false;
  if (clock::now() - reported_ < report_interval) return true;
  reported_ = clock::now();
  const auto answer = ask_index<bool>(self, directory, jobs_of, job_progress{what.id, worker_, progress, lease_ms});
  if (answer) go_on_ = *answer; // while the ledger is away, the job goes on
  return go_on_;
}

principal running_job::who() const {
  auto result = system_principal(what.queue, what.facility);
  if (what.facility != 0) result.permissions &= ~static_cast<uint32_t>(permission::facility_all);
  result.request_id = "job-" + std::to_string(what.id);
  return result;
}

void job_worker(caf::blocking_actor* self, const worker_place& place, const job_function& run) {
  waiting_worker worker{self, place};
  while (worker.wait()) {
    for (auto& claimed : worker.claim()) {
      running_job running{self, place.directory, place.name, std::move(claimed)};
      auto end = run(running);
      end.id = running.what.id;
      end.worker = place.name;
      if (!end.error.empty()) spdlog::warn("job {} ({}) failed: {}", end.id, running.what.queue, end.error);
      if (const auto lost = tell_index(self, place.directory, jobs_of, end); lost)
        spdlog::warn("the end of job {} is not noted: {}", end.id, reason_of(lost));
      if (running.is_stopping()) return;
    }
  }
}

} // namespace noctis
