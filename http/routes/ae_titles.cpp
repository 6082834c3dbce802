#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  query.check();
  answer_page_of(c, page, c.actors->query<ae_list>(list_atom::value, c.who).entities);
}

ae_row find(context& c) {
  const auto id = c.number();
  for (auto& entity : c.actors->query<ae_list>(list_atom::value, c.who).entities) {
    if (entity.id == id) return std::move(entity);
  }
  throw refusal(errc::not_found, "There is no application entity " + std::to_string(id) + ".");
}

void show(context& c) { answer(c, 200, find(c)); }

/// Puts what the body names into `entity`.
void read(const rapidjson::Value& body, ae_row& entity) {
  if (body.HasMember("host")) entity.host = field_text(body, "host");
  if (body.HasMember("port")) entity.port = body["port"].GetInt();
  if (body.HasMember("facility")) entity.facility.id = body["facility"].GetInt64();
  if (entity.host.empty() != (entity.port == 0))
    throw refusal(problem_of(field_errors{{"port", {"Host and port come together, or neither."}}}));
}

void add(context& c) {
  const auto body = c.json_body();
  ae_row entity;
  entity.title = field_text(body, "ae_title");
  entity.facility.id = c.who.facilities.empty() ? 0 : c.who.facilities.front();
  read(body, entity);
  answer(c, 201, c.actors->edit<ae_row>(ae_put{c.who, entity}));
}

void change(context& c) {
  const auto body = c.json_body();
  auto entity = find(c);
  read(body, entity);
  answer(c, 200, c.actors->edit<ae_row>(ae_put{c.who, entity}));
}

void remove(context& c) {
  c.actors->edit<void>(ae_removal{c.who, c.number()});
  c.response.status = 204;
}

} // namespace

void add_ae_title_routes(router& routes) {
  const auto managers = access::may(permission::node_manage);
  routes.add("GET", "/api/ae-titles/", managers, list)
      .says("Application entities that are registered")
      .takes_pages()
      .answers(200, "ae_title_page");
  routes.add("POST", "/api/ae-titles/", managers, add)
      .says("Registers an application entity")
      .accepts("ae_title_put")
      .answers(201, "ae_title");
  routes.add("GET", "/api/ae-titles/<id>/", managers, show).says("An application entity").answers(200, "ae_title");
  routes.add("PATCH", "/api/ae-titles/<id>/", managers, change)
      .says("Changes where an application entity is, or whose it is")
      .accepts("ae_title_change")
      .answers(200, "ae_title");
  routes.add("DELETE", "/api/ae-titles/<id>/", managers, remove).says("Forgets an application entity").answers(204);
}

} // namespace noctis
