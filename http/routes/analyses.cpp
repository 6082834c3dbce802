#include "actors/work/analysis_order.hpp"
#include "http/representation/analysis_fields.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void list(context& c) {
  query_string query(c);
  const bool with_superseded = query.choice("superseded", {"true", "false"}, "false") == "true";
  query.check();
  answer(c, 200, c.actors->analyses<analysis_list>(analysis_filter{c.who, c.key(), with_superseded}));
}

/// Puts the same job into the queue as a study does that is complete; one that waits is that one.
void analyse(context& c) {
  const auto study = c.actors->query<study_detail>(study_request{c.who, c.key(), false}).study;
  const auto id = c.actors->jobs<int64_t>(analysis_order(c.who, study));
  answer(c, 202, c.actors->jobs<job>(find_atom::value, c.who, id));
}

void judge(context& c) {
  const auto body = c.json_body();
  const auto& verdict = body["verdict"];
  answer(c, 200,
         c.actors->analyses<analysis_finding>(
             verdict_put{c.who, c.number(), verdict.IsString() ? verdict.GetString() : std::string{}}));
}

void list_alerts(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  const alert_filter filter{c.who, query.choice("state", {"open", "acknowledged"}, ""),
                            query.integer("study", 1, INT64_MAX, 0), page.page, page.size};
  query.check();
  const auto found = c.actors->analyses<alert_page>(filter);
  const auto shown = static_cast<int64_t>(page.page) * page.size;
  answer_page(c, page, found.count, found.count > shown, found.alerts);
}

void acknowledge(context& c) {
  const auto body = c.json_body();
  answer(c, 200, c.actors->analyses<alert>(alert_acknowledgement{c.who, c.number(), field_text(body, "note")}));
}

void dashboard(context& c) {
  constexpr int64_t most_days = 366;
  query_string query(c);
  const auto days = static_cast<int32_t>(query.integer("days", 1, most_days, 30));
  query.check();
  answer(c, 200, c.actors->analyses<analysis_dashboard>(analysis_dashboard_request{c.who, days}), days);
}

void calibration(context& c) {
  constexpr int64_t most_days = 3660;
  query_string query(c);
  const calibration_request request{c.who, query.text("station"),
                                    static_cast<int32_t>(query.integer("days", 1, most_days, 365))};
  query.check();
  answer(c, 200, c.actors->analyses<calibration_trend>(request));
}

void models(context& c) {
  auto& app = c.app;
  if (!app.actors.list_models) throw refusal(errc::not_found, "This node does no analyses.");
  const auto listed = app.models.get([&] { return app.actors.list_models(); });
  if (!listed) throw actor_failure{listed.error()};
  c.send_json(200, *listed);
}

} // namespace

void add_analysis_routes(router& routes) {
  const auto viewers = access::may(permission::study_view);
  const auto readers = access::may(permission::annotation_write);
  routes.add("GET", "/api/studies/<id>/analyses/", viewers, list)
      .says("What analysers found in a study, the newest run first; machine-made, not for diagnosis")
      .takes({"superseded"})
      .answers(200, "analysis_list");
  routes.add("POST", "/api/studies/<id>/analyse/", access::may(permission::study_edit), analyse)
      .says("Has a study analysed now, as background work")
      .answers(202, "job");
  routes.add("PUT", "/api/findings/<id>/verdict/", readers, judge)
      .says("A reader's word on a finding: accepted, rejected, or null to withdraw it")
      .accepts("verdict_put")
      .answers(200, "analysis_finding");
  routes.add("GET", "/api/alerts/", viewers, list_alerts)
      .says("What somebody must look at: open alerts first, then the newest first")
      .takes({"state.alert", "study.alert"})
      .takes_pages()
      .answers(200, "alert_page");
  routes.add("POST", "/api/alerts/<id>/acknowledge/", readers, acknowledge)
      .says("Takes an alert; 409 where somebody has taken it already")
      .may_accept("alert_acknowledgement")
      .answers(200, "alert");
  routes.add("GET", "/api/analysis/models/", viewers, models)
      .says("The models that are installed, and whether they are fit for use")
      .answers(200, "model_list");
  routes.add("GET", "/api/analysis/dashboard/", viewers, dashboard)
      .says("How analysers do, and what readers think of them")
      .takes({"days.analysis"})
      .answers(200, "analysis_dashboard");
  routes.add("GET", "/api/analysis/calibration/", viewers, calibration)
      .says("How scanners keep their HU, measured on phantoms, oldest first")
      .takes({"station", "days.calibration"})
      .answers(200, "calibration_trend");
}

} // namespace noctis
