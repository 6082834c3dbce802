#include "http/context.hpp"
#include "http/request_metrics.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

bool is_loopback(const std::string& address) { return address == "::1" || address.rfind("127.", 0) == 0; }

void metrics(context& c) {
  if (!is_loopback(c.address)) {
    c.log_in();
    c.need(permission::system_manage);
  }
  std::vector<std::pair<std::string, std::vector<metric>>> by_node;
  by_node.emplace_back(c.app.actors.node, c.app.metrics.collect());
  const auto nodes =
      c.actors->try_ask<std::vector<node_status>>(c.actors->directory(), patience::brief, status_atom::value);
  metric reachable{"noctis_nodes_reachable", "Nodes that answer this one", metric_kind::gauge, {}, 0, {}, {}};
  if (nodes) {
    reachable.value = static_cast<double>(nodes->size());
    for (const auto& node : *nodes)
      by_node.emplace_back(node.node, node.metrics);
  }
  by_node.front().second.push_back(std::move(reachable));
  c.response.status = 200;
  c.response.set_content(prometheus_text(by_node), "text/plain; version=0.0.4; charset=utf-8");
}

} // namespace

void add_metrics_routes(router& routes) { routes.add("GET", "/metrics", access::everyone(), metrics); }

} // namespace noctis
