#include "http/request/context.hpp"
#include "http/routes/routes.hpp"
#include "http/server/request_metrics.hpp"

namespace noctis {

namespace {

/// Whether the client itself is on this machine, rather than a proxy that we don't know.
bool is_local(const context& c) {
  const auto behind_stranger = c.address == c.request.remote_addr && c.request.has_header("X-Forwarded-For");
  return !behind_stranger && (c.address == "::1" || c.address.rfind("127.", 0) == 0);
}

void metrics(context& c) {
  if (!is_local(c)) {
    c.log_in();
    c.need(permission::system_manage);
  }
  std::vector<std::pair<std::string, std::vector<metric>>> by_node;
  by_node.emplace_back(c.app.actors.node, c.app.metrics.collect());
  by_node.front().second.push_back({"noctis_event_streams",
                                    "Clients that listen to events.",
                                    metric_kind::gauge,
                                    {},
                                    static_cast<double>(c.app.events->size()),
                                    {},
                                    {}});
  const auto nodes =
      c.actors->try_ask<std::vector<node_status>>(c.actors->directory(), patience::brief, status_atom::value);
  metric reachable{"noctis_nodes_reachable", "Nodes that answer this one", metric_kind::gauge, {}, 0, {}, {}};
  if (nodes) {
    reachable.value = static_cast<double>(nodes->size());
    for (const auto& node : *nodes) by_node.emplace_back(node.node, node.metrics);
  }
  by_node.front().second.push_back(std::move(reachable));
  c.response.status = 200;
  c.response.set_content(prometheus_text(by_node), "text/plain; version=0.0.4; charset=utf-8");
}

} // namespace

void add_metrics_routes(router& routes) {
  routes.add("GET", "/metrics", access::everyone(), metrics)
      .says("Measurements for Prometheus; open to the loopback, else to who may manage the system")
      .answers_with(200, "text/plain");
}

} // namespace noctis
