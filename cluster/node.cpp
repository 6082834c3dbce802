#include "cluster/node.hpp"

#include <chrono>
#include <memory>

namespace noctis {

namespace {

constexpr auto part_timeout = std::chrono::seconds{1};

/// The answers of a node's parts as they come in.
struct gathering {
  node_status status;
  size_t open = 1;
  caf::typed_response_promise<node_status> promise;

  void close_one() {
    if (--open == 0) promise.deliver(std::move(status));
  }
};
using gathering_ptr = std::shared_ptr<gathering>;

template <class Handle>
void add_metrics(full_node_actor::pointer self, const gathering_ptr& all, const Handle& part) {
  ++all->open;
  self->request(part, part_timeout, metrics_atom::value)
      .then(
          [all](std::vector<metric>& metrics) {
            for (auto& one : metrics) {
              if (one.name == "noctis_associations_active") {
                all->status.associations_active = static_cast<uint64_t>(one.value);
              }
              all->status.metrics.push_back(std::move(one));
            }
            all->close_one();
          },
          [all](const caf::error&) { all->close_one(); });
}

template <class Handle>
void add_component(full_node_actor::pointer self, const gathering_ptr& all, const Handle& part, const char* name) {
  ++all->open;
  self->request(part, part_timeout, status_atom::value)
      .then(
          [all](component_status& component) {
            all->status.components.push_back(std::move(component));
            all->close_one();
          },
          [all, name](const caf::error& error) {
            all->status.components.push_back({name, false, reason_of(error)});
            all->close_one();
          });
}

void add_store(full_node_actor::pointer self, const gathering_ptr& all, const store_service& store) {
  add_metrics(self, all, store.storer);
  ++all->open;
  self->request(store.storer, part_timeout, status_atom::value)
      .then(
          [all](storer_status& status) {
            const bool has_room = status.free_bytes > 0;
            all->status.components.push_back({"storage", has_room, has_room ? "ready" : "the disk is full"});
            all->status.stores.push_back(std::move(status));
            all->close_one();
          },
          [all](const caf::error& error) {
            all->status.components.push_back({"storage", false, reason_of(error)});
            all->close_one();
          });
}

} // namespace

full_node_actor::behavior_type node(full_node_actor::pointer self, node_parts parts) {
  auto shared = std::make_shared<const node_parts>(std::move(parts));
  return {
      [shared](services_atom) { return shared->offered; },
      [self, shared](status_atom) -> caf::result<node_status> {
        auto all = std::make_shared<gathering>();
        all->status.node = shared->name;
        all->promise = self->make_response_promise<node_status>();
        auto promise = all->promise;
        if (shared->listener) {
          add_component(self, all, shared->listener, "scp");
          add_metrics(self, all, shared->listener);
        }
        if (shared->budget) add_metrics(self, all, shared->budget);
        if (shared->queries) add_metrics(self, all, shared->queries);
        if (shared->cache) add_component(self, all, shared->cache, "redis");
        for (const auto& store : shared->offered.stores) add_store(self, all, store);
        for (const auto& index : shared->offered.indexes) {
          add_component(self, all, index.indexer, "database");
          add_metrics(self, all, index.indexer);
        }
        all->close_one();
        return promise;
      },
      [shared](ping_atom) { return shared->name; },
      [self, shared](drain_atom) -> caf::result<void> {
        if (!shared->listener) return caf::unit;
        return self->delegate(shared->listener, drain_atom::value);
      },
      [self, shared](const std::string& other, const node_actor& its_face) {
        if (shared->directory) self->send(shared->directory, other, its_face);
      },
  };
}

} // namespace noctis
