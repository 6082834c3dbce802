#include "http/representation/routing_fields.hpp"
#include "http/request/answers.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>
#include <cstdio>

namespace noctis {

namespace {

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  query.check();
  const auto all = c.actors->edit<routing_rules>(list_atom::value, c.who).rules;
  answer_page_of(c, page, all);
}

routing_rule find(context& c) {
  const auto id = c.number();
  for (auto& rule : c.actors->edit<routing_rules>(list_atom::value, c.who).rules) {
    if (rule.id == id) return std::move(rule);
  }
  throw refusal(errc::not_found, "There is no routing rule " + std::to_string(id) + ".");
}

void show(context& c) { answer(c, 200, find(c)); }

void add(context& c) {
  routing_rule rule;
  read_routing_rule(c.json_body(), rule);
  answer(c, 201, c.actors->edit<routing_rule>(routing_rule_put{c.who, rule}));
}

void change(context& c) {
  const auto body = c.json_body();
  auto rule = find(c);
  read_routing_rule(body, rule);
  answer(c, 200, c.actors->edit<routing_rule>(routing_rule_put{c.who, rule}));
}

void remove(context& c) {
  c.actors->edit<void>(remove_atom::value, c.who, c.number());
  c.response.status = 204;
}

} // namespace

void add_routing_routes(router& routes) {
  const auto managers = access::may(permission::node_manage);
  routes.add("GET", "/api/routes/", managers, list)
      .says("Which instances are sent on, and where to")
      .takes_pages()
      .answers(200, "routing_rule_page");
  routes.add("POST", "/api/routes/", managers, add)
      .says("Makes a routing rule")
      .accepts("routing_rule_put")
      .answers(201, "routing_rule");
  routes.add("GET", "/api/routes/<id>/", managers, show).says("A routing rule").answers(200, "routing_rule");
  routes.add("PATCH", "/api/routes/<id>/", managers, change)
      .says("Changes a routing rule")
      .accepts("routing_rule_change")
      .answers(200, "routing_rule");
  routes.add("DELETE", "/api/routes/<id>/", managers, remove).says("Removes a routing rule").answers(204);
}

} // namespace noctis
