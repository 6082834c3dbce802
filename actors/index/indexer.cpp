#include "actors/index/indexer.hpp"

#include "actors/index/database_call.hpp"
#include "schema/repositories/events.hpp"
#include "schema/repositories/jobs.hpp"
#include "schema/repositories/routing.hpp"
#include "schema/repositories/sessions.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>

namespace noctis {

namespace {

using clock = std::chrono::steady_clock;
constexpr auto rest_check = std::chrono::seconds{5};

} // namespace

void indexer_state::start(indexer_options given) {
  options = std::move(given);
  database = std::make_unique<schema::database>(options.database);
  index = std::make_unique<schema::index_repository>(*database);
  self->delayed_send(self, rest_check, ping_atom::value);
}

caf::result<index_result> indexer_state::add(const index_entry& entry) {
  auto promise = self->make_response_promise<index_result>();
  pending.push_back({entry, promise});
  if (!flush_is_due) {
    flush_is_due = true;
    self->send(self, finish_atom::value);
  }
  return promise;
}

void indexer_state::flush() {
  flush_is_due = false;
  if (pending.empty()) return;
  const auto size = std::min(pending.size(), largest_group);
  std::vector<pending_entry> group(std::make_move_iterator(pending.begin()),
                                   std::make_move_iterator(pending.begin() + static_cast<ptrdiff_t>(size)));
  pending.erase(pending.begin(), pending.begin() + static_cast<ptrdiff_t>(size));
  if (!pending.empty()) {
    flush_is_due = true;
    self->send(self, finish_atom::value);
  }
  std::vector<index_entry> batch;
  batch.reserve(group.size());
  for (auto& waiting : group) batch.push_back(std::move(waiting.entry));

  const auto begin = clock::now();
  std::vector<schema::index_answer> answers;
  const auto done = database_call([&] { answers = write(batch); });
  seconds += std::chrono::duration<double>(clock::now() - begin).count();
  ++groups;
  if (done.flag == caf::rt_error) {
    failures += group.size();
    spdlog::error("a group of {} instances was not indexed: {}", group.size(), reason_of(done.err));
    for (auto& waiting : group) waiting.promise.deliver(done.err);
    return;
  }
  entries += group.size();
  for (const auto& entry : batch) recent.add(entry.file.where.length);
  answer(group, answers);
}

void indexer_state::read_rules() { routes.emplace(schema::routing_repository{*database}.active()); }

std::vector<schema::index_answer> indexer_state::write(const std::vector<index_entry>& batch) {
  if (!routes) read_rules();
  std::vector<std::vector<int64_t>> rules;
  if (!routes->empty()) {
    for (const auto& entry : batch) rules.push_back(routes->rules_for(entry));
  }
  return index->index_batch(batch, rules);
}

void indexer_state::answer(std::vector<pending_entry>& group, std::vector<schema::index_answer>& answers) {
  for (size_t i = 0; i < group.size(); ++i) {
    if (auto* result = std::get_if<index_result>(&answers[i])) {
      group[i].promise.deliver(std::move(*result));
    } else {
      auto& refusal = std::get<schema::index_refusal>(answers[i]);
      group[i].promise.deliver(failure(refusal.code, std::move(refusal.sentence)));
    }
  }
}

void indexer_state::complete_studies() {
  const auto done = database_call([&] {
    index->complete_idle_studies(static_cast<double>(options.study_complete_after.count()), options.queues_of_complete);
  });
  const auto read = database_call([&] { read_rules(); });
  if (read.flag == caf::rt_error) spdlog::warn("routing rules stay as they were: {}", reason_of(read.err));
  if (done.flag == caf::rt_error) spdlog::warn("studies at rest are not completed: {}", reason_of(done.err));
  forget_old();
  self->delayed_send(self, rest_check, ping_atom::value);
}

void indexer_state::forget_old() {
  const auto done = database_call([&] {
    schema::events_repository{*database}.prune(options.events_kept);
    schema::sessions_repository{*database}.prune(options.sessions_kept);
    schema::jobs_repository{*database}.prune(options.jobs_kept_days);
  });
  if (done.flag == caf::rt_error) spdlog::warn("old events and sessions stay: {}", reason_of(done.err));
}

component_status indexer_state::status() const {
  const auto done = database_call([&] { database->ping(); });
  if (done.flag == caf::rt_error) return {"database", false, reason_of(done.err)};
  return {"database", true, "connected"};
}

std::vector<metric> indexer_state::metrics() const {
  const auto counter = [](std::string name, std::string help, double value) {
    return metric{std::move(name), std::move(help), metric_kind::counter, {}, value, {}, {}};
  };
  return {
      counter("noctis_index_entries_total", "Instances given to the index.", static_cast<double>(entries)),
      counter("noctis_index_groups_total", "Transactions of the index.", static_cast<double>(groups)),
      counter("noctis_index_failures_total", "Instances that the database did not take.",
              static_cast<double>(failures)),
      {"noctis_ingest_instances_per_second",
       "Over the last minute.",
       metric_kind::gauge,
       {},
       recent.instances_per_second(),
       {},
       {}},
      {"noctis_ingest_bytes_per_second",
       "Over the last minute.",
       metric_kind::gauge,
       {},
       recent.bytes_per_second(),
       {},
       {}},
      counter("noctis_index_seconds_total", "Time in the transactions of the index.", seconds),
      {"noctis_index_pending",
       "Instances waiting for a transaction.",
       metric_kind::gauge,
       {},
       static_cast<double>(pending.size() + self->mailbox().size()),
       {},
       {}},
  };
}

full_indexer_actor::behavior_type indexer(full_indexer_actor::stateful_pointer<indexer_state> self,
                                          indexer_options options) {
  self->state.self = self;
  self->state.start(std::move(options));
  return {
      [self](const index_entry& entry) { return self->state.add(entry); },
      [self](retry_atom, int64_t instance, const location& copy) {
        return database_call([&] { self->state.index->add_location(instance, copy); });
      },
      [self](const quarantine_entry& entry) {
        return database_call([&] { return schema::quarantine_repository{*self->state.database}.add(entry); });
      },
      [self](status_atom) { return self->state.status(); },
      [self](metrics_atom) { return self->state.metrics(); },
      [self](finish_atom) { self->state.flush(); },
      [self](ping_atom) { self->state.complete_studies(); },
  };
}

} // namespace noctis
