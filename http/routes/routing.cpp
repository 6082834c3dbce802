#include "dicom/json_object.hpp"
#include "http/request/context.hpp"
#include "http/request/query_string.hpp"
#include "http/routes/routes.hpp"

#include <algorithm>
#include <cstdio>

namespace noctis {

namespace {

std::string path_text(const std::vector<uint32_t>& path) {
  std::string result;
  for (const auto tag : path) {
    char digits[9];
    std::snprintf(digits, sizeof(digits), "%08X", tag);
    result += (result.empty() ? "" : ".") + std::string(digits);
  }
  return result;
}

std::vector<uint32_t> path_of(const std::string& text) {
  std::vector<uint32_t> result;
  constexpr size_t digits = 8;
  for (size_t at = 0; at < text.size(); at += digits + 1) result.push_back(tag_of_digits(text.substr(at, digits)));
  return result;
}

void write(json_text& json, const routing_rule& rule) {
  json.begin_object();
  json.field("id", rule.id);
  json.field("name", rule.name);
  json.field("active", rule.active);
  json.field("destination", rule.destination);
  json.field("facility", rule.facility == 0 ? caf::optional<int64_t>{} : caf::optional<int64_t>{rule.facility});
  json.field("calling_ae_title", rule.calling_aet);
  json.field("modalities", rule.modalities);
  json.key("attributes");
  json.begin_array();
  for (const auto& key : rule.attributes) {
    json.begin_object();
    json.field("tag", path_text(key.path));
    json.field("values", key.values);
    json.end_object();
  }
  json.end_array();
  json.field("deidentify", rule.deidentify);
  json.field("priority", rule.priority);
  json.end_object();
}

std::vector<std::string> texts(const rapidjson::Value& array) {
  std::vector<std::string> result;
  for (const auto& text : array.GetArray()) result.emplace_back(text.GetString(), text.GetStringLength());
  return result;
}

/// Puts what the body names into `rule`.
void read(const rapidjson::Value& body, routing_rule& rule) {
  const auto take = [&](const char* name, std::string& into) {
    if (body.HasMember(name)) into = field_text(body, name);
  };
  take("name", rule.name);
  take("destination", rule.destination);
  take("calling_ae_title", rule.calling_aet);
  take("deidentify", rule.deidentify);
  take("priority", rule.priority);
  if (body.HasMember("active")) rule.active = body["active"].GetBool();
  if (body.HasMember("facility")) rule.facility = body["facility"].IsNull() ? 0 : body["facility"].GetInt64();
  if (body.HasMember("modalities")) rule.modalities = texts(body["modalities"]);
  if (!body.HasMember("attributes")) return;
  rule.attributes.clear();
  for (const auto& key : body["attributes"].GetArray())
    rule.attributes.push_back({path_of(field_text(key, "tag")), texts(key["values"])});
}

void answer(context& c, int status, const routing_rule& rule) {
  json_text json;
  write(json, rule);
  c.send_json(status, json.take());
}

void list(context& c) {
  query_string query(c);
  const auto page = read_page(query);
  query.check();
  const auto all = c.actors->edit<routing_rules>(list_atom::value, c.who).rules;
  send_page_of(c, page, all, [](json_text& json, const routing_rule& rule) { write(json, rule); });
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
  read(c.json_body(), rule);
  answer(c, 201, c.actors->edit<routing_rule>(routing_rule_put{c.who, rule}));
}

void change(context& c) {
  const auto body = c.json_body();
  auto rule = find(c);
  read(body, rule);
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
