#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void change_study(context& c) {
  const auto body = c.json_body();
  study_change change{c.who, c.key(), {}, {}, {}};
  if (body.HasMember("status")) change.status = field_text(body, "status");
  if (body.HasMember("priority")) change.priority = field_text(body, "priority");
  if (body.HasMember("assigned_to"))
    change.assigned_to = body["assigned_to"].IsNull() ? int64_t{0} : body["assigned_to"].GetInt64();
  answer(c, 200, c.actors->edit<study_row>(change));
}

route_handler hide(query_level level) {
  return [level](context& c) {
    const auto body = c.json_body();
    c.actors->edit<void>(delete_request{c.who, level, c.key(), field_text(body, "reason")});
    c.response.status = 204;
  };
}

route_handler show_again(query_level level) {
  return [level](context& c) {
    const auto body = c.json_body();
    c.actors->edit<void>(restore_request{c.who, level, c.key(), field_text(body, "reason")});
    c.response.status = 204;
  };
}

void add_hiding(router& routes, const std::string& pattern, const std::string& what, query_level level) {
  const auto deleters = access::may(permission::study_delete);
  routes.add("DELETE", pattern, deleters, hide(level))
      .says("Hides " + what + "; the bytes stay until they are purged")
      .accepts("reason")
      .answers(204);
  routes.add("POST", pattern + "restore/", deleters, show_again(level))
      .says("Shows " + what + " again that was deleted")
      .accepts("reason")
      .answers(204);
}

} // namespace

void add_edit_routes(router& routes) {
  routes.add("PATCH", "/api/studies/<id>/", access::may(permission::study_edit), change_study)
      .says("Changes a study's status, priority or reader")
      .accepts("study_change")
      .answers(200, "study");
  add_hiding(routes, "/api/studies/<id>/", "a study", query_level::study);
  add_hiding(routes, "/dicom/api/series/<id>/", "a series", query_level::series);
  add_hiding(routes, "/dicom/api/images/<id>/", "an image", query_level::instance);
}

} // namespace noctis
