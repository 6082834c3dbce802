#include "actors/index/jobs.hpp"

#include "actors/index/database_call.hpp"
#include "schema/repositories/annotations/annotations.hpp"
#include "schema/repositories/jobs.hpp"
#include "schema/repositories/routing.hpp"

namespace noctis {

jobs_actor::behavior_type jobs(jobs_actor::stateful_pointer<jobs_state> self, schema::database_options options) {
  self->state.database = std::make_unique<schema::database>(std::move(options));
  auto& db = *self->state.database;
  return {
      [&db](const job_submission& submission) {
        return database_call([&] { return schema::jobs_repository{db}.submit(submission); });
      },
      [&db](const job_claim& claim) { return database_call([&] { return schema::jobs_repository{db}.claim(claim); }); },
      [&db](const job_handout& request) {
        return database_call([&] { return schema::jobs_repository{db}.hand_out(request); });
      },
      [&db](const queue_request& request) {
        return database_call([&] { return schema::jobs_repository{db}.queues(request); });
      },
      [&db](const job_progress& progress) {
        return database_call([&] { return schema::jobs_repository{db}.report(progress); });
      },
      [&db](const job_end& end) { return database_call([&] { schema::jobs_repository{db}.end(end); }); },
      [&db](const job_filter& filter) {
        return database_call([&] { return schema::jobs_repository{db}.list(filter); });
      },
      [&db](find_atom, const principal& who, int64_t id) {
        return database_call([&] { return schema::jobs_repository{db}.find(who, id); });
      },
      [&db](cancel_atom, const principal& who, int64_t id) {
        return database_call([&] { return schema::jobs_repository{db}.cancel(who, id); });
      },
      [&db](retry_atom, const principal& who, int64_t id) {
        return database_call([&] { return schema::jobs_repository{db}.retry(who, id); });
      },
      [&db](const undelivered_request& request) {
        return database_call([&] { return schema::routing_repository{db}.undelivered(request); });
      },
      [&db](const delivery_report& report) {
        return database_call([&] { schema::routing_repository{db}.delivered(report); });
      },
      [&db](const annotation_order& order) {
        return database_call([&] { return schema::annotations_repository{db}.plan(order); });
      },
      [&db](const annotation_report& report) {
        return database_call([&] { schema::annotations_repository{db}.stored(report); });
      },
  };
}

} // namespace noctis
