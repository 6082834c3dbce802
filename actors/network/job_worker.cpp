#include "actors/network/job_worker.hpp"

#include "actors/system/ask_index.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace noctis {

namespace {

constexpr auto idle = std::chrono::milliseconds{1000};
constexpr auto report_interval = std::chrono::seconds{1};
constexpr int64_t lease_ms = 180000; // of a job whose worker is silent: longer than the longest instance takes

/// Waits for the order to end, at most that long.
bool is_told_to_end(caf::blocking_actor* self, std::chrono::milliseconds patience) {
  bool told = false;
  self->receive([&](const caf::exit_msg&) { told = true; }, caf::after(patience) >> [] {});
  return told;
}

} // namespace

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

void job_worker(caf::blocking_actor* self, const directory_actor& directory, const std::string& name,
                const std::vector<std::string>& queues, const job_function& run) {
  bool stopping = false;
  while (!stopping) {
    auto claimed = ask_index<std::vector<job>>(self, directory, jobs_of, job_claim{queues, name, lease_ms});
    if (!claimed || claimed->empty()) {
      stopping = is_told_to_end(self, idle);
      continue;
    }
    running_job running{self, directory, name, std::move(claimed->front())};
    auto end = run(running);
    end.id = running.what.id;
    end.worker = name;
    if (!end.error.empty()) spdlog::warn("job {} ({}) failed: {}", end.id, running.what.queue, end.error);
    if (const auto lost = tell_index(self, directory, jobs_of, end); lost)
      spdlog::warn("the end of job {} is not noted: {}", end.id, reason_of(lost));
    stopping = running.is_stopping() || is_told_to_end(self, std::chrono::milliseconds{0});
  }
}

} // namespace noctis
