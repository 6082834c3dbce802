#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  const job_filter filter{c.who,
                          query.text("queue"),
                          query.choice("state", {"pending", "running", "done", "failed", "cancelled"}, ""),
                          query.integer("study", 1, INT64_MAX, 0),
                          page.page,
                          page.size};
  query.check();
  const auto found = c.actors->jobs<job_page>(filter);
  const auto shown = static_cast<int64_t>(page.page) * page.size;
  answer_page(c, page, found.count, found.count > shown, found.jobs);
}

void queues(context& c) {
  query_string query(c);
  const auto hours = query.integer("hours", 1, 720, 24);
  query.check();
  const auto found = c.actors->jobs<queue_states>(queue_request{c.who, static_cast<int32_t>(hours)});
  json_text json;
  json.begin_object();
  json.field("hours", hours);
  json.key("results");
  json.begin_array();
  for (const auto& one : found.queues) write(json, one);
  json.end_array();
  json.end_object();
  c.send_json(200, json.take());
}

void show(context& c) { answer(c, 200, c.actors->jobs<job>(find_atom::value, c.who, c.number())); }

void cancel(context& c) { answer(c, 200, c.actors->jobs<job>(cancel_atom::value, c.who, c.number())); }

void retry(context& c) { answer(c, 200, c.actors->jobs<job>(retry_atom::value, c.who, c.number())); }

/// Throws `refusal` (400) where nothing can be sent to a title.
void check_destination(context& c, const std::string& title) {
  for (const auto& entity : c.actors->query<ae_list>(list_atom::value, c.who).entities) {
    if (entity.title == title && !entity.host.empty()) return;
  }
  throw refusal(
      problem_of(field_errors{{"destination", {"No application entity of this title is registered with a host."}}}));
}

void send(context& c) {
  const auto body = c.json_body();
  const auto destination = field_text(body, "destination");
  check_destination(c, destination);
  const auto study = c.actors->query<study_detail>(study_request{c.who, c.key(), false}).study;
  json_text payload;
  payload.begin_object();
  payload.field("destination", destination);
  payload.field("study_uid", study.attributes.uid);
  payload.end_object();
  job_submission submission{c.who, "forward", payload.take(), "send " + destination + " " + study.attributes.uid};
  submission.who.facilities.insert(submission.who.facilities.begin(), study.facility.id);
  if (body.HasMember("priority")) submission.priority = field_text(body, "priority");
  const auto id = c.actors->jobs<int64_t>(submission);
  answer(c, 202, c.actors->jobs<job>(find_atom::value, c.who, id));
}

} // namespace

void add_job_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto editors = access::may(permission::study_edit);
  routes.add("GET", "/api/jobs/", viewers, list)
      .says("Background work, newest first")
      .takes({"queue", "state", "study"})
      .takes_pages()
      .answers(200, "job_page");
  routes.add("GET", "/api/jobs/queues/", viewers, queues)
      .says("The state of each queue, with what it did in the last hours")
      .takes({"hours"})
      .answers(200, "queue_states");
  routes.add("GET", "/api/jobs/<id>/", viewers, show).says("One piece of background work").answers(200, "job");
  routes.add("POST", "/api/studies/<id>/send/", access::may(permission::study_export), send)
      .says("Sends a study to a registered application entity, as background work")
      .accepts("destination")
      .answers(202, "job");
  routes.add("POST", "/api/jobs/<id>/cancel/", editors, cancel)
      .says("Stops a job that waits or runs")
      .answers(200, "job");
  routes.add("POST", "/api/jobs/<id>/retry/", editors, retry)
      .says("Lets a failed or cancelled job begin anew")
      .answers(200, "job");
}

} // namespace noctis
