#include "http/representation/report_fields.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr size_t most_bytes = size_t{4} << 20;

report_templates all(context& c) { return c.actors->reports<report_templates>(list_atom::value, c.who); }

void list(context& c) { answer_list(c, all(c).templates); }

void add(context& c) {
  report_template_put request{c.who, read_report_template(c.json_body(most_bytes))};
  request.what.version = 0;
  answer(c, 201, c.actors->reports<report_template>(request));
}

void change(context& c) {
  report_template_put request{c.who, read_report_template(c.json_body(most_bytes))};
  request.what.id = c.number();
  try {
    answer(c, 200, c.actors->reports<report_template>(request));
  } catch (const actor_failure& failed) {
    if (code_of(failed.error()) != errc::state_conflict) throw;
    auto conflict = problem_of(errc::state_conflict, reason_of(failed.error()));
    for (const auto& one : all(c).templates) {
      if (one.id == request.what.id) conflict.current = written(one);
    }
    throw refusal(std::move(conflict));
  }
}

void remove(context& c) {
  c.actors->reports<void>(report_template_removal{c.who, c.number()});
  c.response.status = 204;
}

} // namespace

void add_template_routes(router& routes) {
  const auto writers = access::may(permission::report_write);
  routes.add("GET", "/api/report-templates/", access::may(permission::study_view), list)
      .says("Templates of reports by name; fields in them are {{name|default}}")
      .answers(200, "report_template_list");
  routes.add("POST", "/api/report-templates/", writers, add)
      .says("Makes a template")
      .accepts("report_template_put")
      .answers(201, "report_template");
  routes.add("PUT", "/api/report-templates/<id>/", writers, change)
      .says("Changes a template over the version that is known; 409 tells the current one")
      .accepts("report_template_put")
      .answers(200, "report_template");
  routes.add("DELETE", "/api/report-templates/<id>/", writers, remove).says("Removes a template").answers(204);
}

} // namespace noctis
