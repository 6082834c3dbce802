#include "schema/repositories/jobs.hpp"

#include "nodes/ctl/command.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

namespace noctis::ctl {

namespace {

constexpr int32_t page_size = 200;

struct job_options {
  std::string queue;
  std::string state;
  int32_t most = 50;
  int64_t id = 0;
};

principal operator_principal() { return system_principal("noctisctl"); }

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + "%"; }

void list_jobs(context& shared, const job_options& options) {
  schema::jobs_repository jobs{shared.database()};
  table result{{"id", "queue", "state", "priority", "attempts", "progress", "worker", "created_at", "error"}};
  int32_t listed = 0;
  for (int32_t page = 1; listed < options.most; ++page) {
    const auto found = jobs.list({operator_principal(), options.queue, options.state, 0, page, page_size});
    for (const auto& one : found.jobs) {
      if (listed++ == options.most) break;
      result.add({std::to_string(one.id), one.queue, one.state, one.priority,
                  std::to_string(one.attempts) + "/" + std::to_string(one.max_attempts), percent(one.progress),
                  one.worker, time_text(one.created_at), one.error});
    }
    if (found.jobs.size() < static_cast<size_t>(page_size)) break;
  }
  result.print(shared);
}

std::string seconds_text(double seconds) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(seconds < 10 ? 2 : 0) << seconds;
  return text.str();
}

void show_queues(context& shared) {
  table result{{"queue", "pending", "running", "failed", "done", "mean_s", "p95_s", "waits_s"}};
  for (const auto& one : schema::jobs_repository{shared.database()}.queues({operator_principal(), 24}).queues)
    result.add({one.queue, std::to_string(one.pending), std::to_string(one.running), std::to_string(one.failed),
                std::to_string(one.done), seconds_text(one.mean_seconds), seconds_text(one.p95_seconds),
                seconds_text(static_cast<double>(one.oldest_due_ms) / 1000)});
  result.print(shared);
}

void show(context& shared, const job& one) {
  const auto moment = [](int64_t ms) { return ms == 0 ? std::string{} : time_text(ms); };
  table result{{"id", "queue", "state", "priority", "attempts", "progress", "worker", "created_at", "run_after",
                "finished_at", "payload", "result", "error"}};
  result.add({std::to_string(one.id), one.queue, one.state, one.priority,
              std::to_string(one.attempts) + "/" + std::to_string(one.max_attempts), percent(one.progress), one.worker,
              moment(one.created_at), moment(one.run_after), moment(one.finished_at), one.payload, one.result,
              one.error});
  result.print(shared);
}

} // namespace

void add_job_commands(CLI::App& application, context& shared) {
  auto* jobs = application.add_subcommand("jobs", "background work");
  jobs->require_subcommand(1);
  auto options = std::make_shared<job_options>();

  auto* list = jobs->add_subcommand("list", "list jobs, newest first");
  list->add_option("--queue", options->queue, "of this queue");
  list->add_option("--state", options->state, "in this state")
      ->check(CLI::IsMember({"pending", "running", "done", "failed", "cancelled"}));
  list->add_option("--most", options->most, "how many at most")->check(CLI::Range(1, 100'000));
  list->callback([&shared, options] { list_jobs(shared, *options); });

  jobs->add_subcommand("queues", "the state of each queue, with what it did in the last 24 hours")->callback([&shared] {
    show_queues(shared);
  });

  const auto add = [&](const char* name, const char* what, auto call) {
    auto* command = jobs->add_subcommand(name, what);
    command->add_option("id", options->id)->required();
    command->callback([&shared, options, call] {
      schema::jobs_repository repository{shared.database()};
      show(shared, call(repository, options->id));
    });
  };
  add("show", "show a job with what it is to do",
      [](auto& all, int64_t id) { return all.find(operator_principal(), id); });
  add("retry", "let a failed or cancelled job begin anew",
      [](auto& all, int64_t id) { return all.retry(operator_principal(), id); });
  add("cancel", "stop a job that waits or runs",
      [](auto& all, int64_t id) { return all.cancel(operator_principal(), id); });
}

} // namespace noctis::ctl
