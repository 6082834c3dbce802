#include "http/representation/time_text.hpp"
#include "http/request/context.hpp"
#include "http/routes/routes.hpp"

#include <caf/expected.hpp>

namespace noctis {

namespace {

constexpr std::chrono::milliseconds quickly{1500};
constexpr std::chrono::milliseconds echo_patience{15000};

/// What the parts of the system said of themselves.
struct report {
  caf::expected<statistics> totals{caf::error{}};
  caf::expected<node_list> nodes{caf::error{}};
  caf::expected<std::vector<node_status>> states{caf::error{}};
  caf::expected<component_status> redis{caf::error{}};
};

template <class T, class... Ts>
caf::expected<T> try_query(context& c, const Ts&... what) {
  try {
    return c.actors->query<T>(what...);
  } catch (const actor_failure& e) {
    return e.error();
  }
}

report gather(context& c) {
  auto& self = c.actors->self();
  auto states = self->request(c.actors->directory(), quickly, status_atom::value);
  auto redis = self->request(c.app.actors.cache, quickly, status_atom::value);
  report result;
  result.totals = try_query<statistics>(c, statistics_request{c.who});
  result.nodes = try_query<node_list>(c, status_atom::value, c.who);
  result.states = c.actors->await<std::vector<node_status>>(states);
  result.redis = c.actors->await<component_status>(redis);
  return result;
}

component_status component(const report& from, const std::string& name) {
  component_status result{name, false, "no answer"};
  if (!from.states) return result;
  for (const auto& node : *from.states) {
    for (const auto& part : node.components) {
      if (part.name == name && !result.ok) result = part;
    }
  }
  return result;
}

/// The sum of a gauge over all nodes.
double sum(const report& from, const std::string& name) {
  double result = 0;
  if (from.states) {
    for (const auto& node : *from.states) {
      for (const auto& one : node.metrics) result += one.name == name ? one.value : 0;
    }
  }
  return result;
}

void write_storage(json_text& json, const report& from) {
  uint64_t free = 0;
  uint64_t capacity = 0;
  if (from.states) {
    for (const auto& node : *from.states) {
      for (const auto& store : node.stores) {
        free += store.free_bytes;
        capacity += store.capacity_bytes;
      }
    }
  }
  const auto bytes = from.totals ? from.totals->bytes : 0;
  json.key("storage");
  json.begin_object();
  json.field("total_files", from.totals ? from.totals->instances : 0);
  json.field("total_size_bytes", bytes);
  json.field("total_size_mb", static_cast<double>(bytes) / 1e6);
  json.field("free_bytes", free);
  json.field("capacity_bytes", capacity);
  json.end_object();
}

void write_scp(json_text& json, const context& c, const report& from) {
  const auto scp = component(from, "scp");
  uint64_t associations = 0;
  if (from.states) {
    for (const auto& node : *from.states) associations += node.associations_active;
  }
  json.key("scp_server");
  json.begin_object();
  json.field("connected", scp.ok);
  json.field("message", scp.message);
  json.field("host", c.app.options.scp_host);
  json.field("port", c.app.options.scp_port);
  json.field("ae_title", c.app.options.ae_title);
  json.field("associations_active", associations);
  json.end_object();
}

void write_components(json_text& json, const report& from) {
  json.key("database");
  json.begin_object();
  json.field("connected", static_cast<bool>(from.totals));
  json.field("latency_ms", from.totals ? from.totals->database_latency_ms : 0.0);
  json.field("version", from.totals ? from.totals->database_version : std::string());
  json.end_object();
  json.key("redis");
  json.begin_object();
  json.field("connected", from.redis && from.redis->ok);
  json.field("message", from.redis ? from.redis->message : std::string("no answer"));
  json.end_object();
}

void write_nodes(json_text& json, const report& from) {
  json.key("nodes");
  json.begin_array();
  if (from.nodes) {
    for (const auto& node : from.nodes->nodes) {
      json.begin_object();
      json.field("name", node.name);
      json.field("roles", node.roles);
      json.field("state", node.state);
      json.field("version", node.version);
      json.field("since", rfc3339(node.started_at));
      json.end_object();
    }
  }
  json.end_array();
}

void write_queues(json_text& json, const report& from) {
  json.key("queues");
  json.begin_object();
  if (from.totals) {
    for (const auto& queue : from.totals->queues) {
      json.key(queue.name);
      json.begin_object();
      json.field("pending", queue.pending);
      json.field("running", queue.running);
      json.field("failed", queue.failed);
      json.end_object();
    }
  }
  json.end_object();
}

void status(context& c) {
  const auto from = gather(c);
  const auto total = [&](int64_t statistics::*member) { return from.totals ? (*from.totals).*member : 0; };
  const auto uptime = std::chrono::steady_clock::now() - c.app.started;
  json_text json;
  json.begin_object();
  json.field("status", from.totals ? "success" : "degraded");
  json.key("stats");
  json.begin_object();
  json.field("patients", total(&statistics::patients));
  json.field("studies", total(&statistics::studies));
  json.field("series", total(&statistics::series));
  json.field("images", total(&statistics::instances));
  json.field("quarantined", total(&statistics::quarantined));
  write_storage(json, from);
  write_scp(json, c, from);
  write_components(json, from);
  write_nodes(json, from);
  write_queues(json, from);
  json.key("ingest");
  json.begin_object();
  json.field("instances_per_s_1m", sum(from, "noctis_ingest_instances_per_second"));
  json.field("bytes_per_s_1m", sum(from, "noctis_ingest_bytes_per_second"));
  json.end_object();
  json.end_object();
  json.field("version", c.app.options.version);
  json.field("uptime_s", std::chrono::duration_cast<std::chrono::seconds>(uptime).count());
  json.end_object();
  c.send_json(200, json.take());
}

void test_scp(context& c) {
  const auto body = c.json_body();
  const auto title = field_text(body, "ae_title");
  const auto reply = c.actors->try_ask<echo_reply>(c.app.actors.peers, echo_patience, echo_request{c.who, title});
  if (!reply) {
    const auto code = code_of(reply.error());
    if (code == errc::not_found || code == errc::permission_denied || code == errc::invalid_argument)
      throw actor_failure{reply.error()};
    throw refusal(problem_of(502, problem_of(reply.error()).detail));
  }
  json_text json;
  json.begin_object();
  json.field("status", "success");
  json.field("message", "Connection successful");
  json.field("latency_ms", reply->latency_ms);
  json.end_object();
  c.send_json(200, json.take());
}

} // namespace

void add_system_routes(router& routes) {
  routes.add("GET", "/dicom/api/system/status/", access::logged_in(), status)
      .says("How the system does")
      .answers(200, "system_status");
  routes.add("POST", "/dicom/api/scp/test/", access::logged_in(), test_scp)
      .says("C-ECHO to our own SCP or to a registered node")
      .may_accept("echo")
      .answers(200, "echo_result");
}

} // namespace noctis
