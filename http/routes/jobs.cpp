#include "http/context.hpp"
#include "http/query_string.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  const job_filter filter{c.who, query.text("queue"),
                          query.choice("state", {"pending", "running", "done", "failed", "cancelled"}, ""), page.page,
                          page.size};
  query.check();
  const auto found = c.actors->jobs<job_page>(filter);
  const auto shown = static_cast<int64_t>(page.page) * page.size;
  send_page(c, page, found.count, found.count > shown, found.jobs,
            [](json_text& json, const job& work) { write(json, work); });
}

void answer(context& c, const job& work) {
  json_text json;
  write(json, work);
  c.send_json(200, json.take());
}

void show(context& c) { answer(c, c.actors->jobs<job>(find_atom::value, c.who, c.number())); }

void cancel(context& c) { answer(c, c.actors->jobs<job>(cancel_atom::value, c.who, c.number())); }

void retry(context& c) { answer(c, c.actors->jobs<job>(retry_atom::value, c.who, c.number())); }

} // namespace

void add_job_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto editors = access::may(permission::study_edit);
  routes.add("GET", "/api/jobs/", viewers, list)
      .says("Background work, newest first")
      .takes({"queue", "state"})
      .takes_pages()
      .answers(200, "job_page");
  routes.add("GET", "/api/jobs/<id>/", viewers, show).says("One piece of background work").answers(200, "job");
  routes.add("POST", "/api/jobs/<id>/cancel/", editors, cancel)
      .says("Stops a job that waits or runs")
      .answers(200, "job");
  routes.add("POST", "/api/jobs/<id>/retry/", editors, retry)
      .says("Lets a failed or cancelled job begin anew")
      .answers(200, "job");
}

} // namespace noctis
