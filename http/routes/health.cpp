#include "http/request/context.hpp"
#include "http/routes/routes.hpp"

#include <map>

namespace noctis {

namespace {

constexpr std::chrono::milliseconds quickly{900};

struct check {
  bool ok = false;
  std::string message;
};

using checks = std::map<std::string, check>;

/// A component is well when it is on one node at least.
void gather(checks& found, const std::vector<node_status>& nodes) {
  for (const auto& node : nodes) {
    for (const auto& part : node.components) {
      auto& known = found[part.name];
      if (part.ok || known.message.empty()) known.message = part.message;
      known.ok = known.ok || part.ok;
    }
  }
}

checks examine(context& c) {
  auto& self = c.actors->self();
  checks found{{"database", {}}, {"redis", {}}, {"storage", {}}, {"scp", {}}};
  auto of_nodes = self->request(c.actors->directory(), quickly, status_atom::value);
  auto of_redis = self->request(c.app.actors.cache, quickly, status_atom::value);
  auto of_directory = self->request(c.actors->directory(), quickly, services_atom::value);
  const auto nodes = c.actors->await<std::vector<node_status>>(of_nodes);
  const auto redis = c.actors->await<component_status>(of_redis);
  if (nodes) gather(found, *nodes);
  found["redis"] = redis ? check{redis->ok, redis->message} : check{false, "no answer"};
  const auto there = c.actors->await<services>(of_directory);
  if (!there || there->stores.empty()) found["storage"] = {false, "no store can be reached"};
  if (!there || there->indexes.empty()) found["database"] = {false, "no index can be reached"};
  return found;
}

/// What a stranger may read: whether, not why.
std::pair<int, std::string> document(const checks& found, const std::string& version) {
  const auto ok = [&](const char* name) { return found.at(name).ok; };
  const auto keeps = ok("database") && ok("storage");
  const auto* state = !keeps ? "unhealthy" : (ok("redis") && ok("scp") ? "healthy" : "degraded");
  json_text json;
  json.begin_object();
  json.field("status", state);
  json.field("service", "Noctis PACS");
  json.field("version", version);
  json.key("checks");
  json.begin_object();
  for (const auto& [name, what] : found) {
    json.key(name);
    json.begin_object();
    json.field("status", what.ok ? "ok" : "unavailable");
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return {keeps ? 200 : 503, json.take()};
}

void health(context& c) {
  auto [status, text] = c.app.health.get([&] { return document(examine(c), c.app.options.version); });
  c.send_json(status, std::move(text));
}

void live(context& c) { c.send_json(200, R"({"status":"alive"})"); }

} // namespace

void add_health_routes(router& routes) {
  routes.add("GET", "/health/", access::everyone(), health)
      .says("Whether instances can be kept")
      .answers(200, "health")
      .answers(503, "health");
  routes.add("GET", "/health/live/", access::everyone(), live).says("Whether the process runs").answers(200, "alive");
}

} // namespace noctis
