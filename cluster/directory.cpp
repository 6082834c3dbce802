#include "cluster/directory.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <memory>

namespace noctis {

namespace {

constexpr auto services_timeout = std::chrono::seconds{5};
constexpr auto ask_again = std::chrono::seconds{1};
constexpr auto status_timeout = std::chrono::milliseconds{1500};

/// Takes the services of the actor `gone` out; returns whether there was one.
bool take_out(services& offered, const caf::actor_addr& gone) {
  const auto before = offered.stores.size() + offered.indexes.size();
  auto& stores = offered.stores;
  auto& indexes = offered.indexes;
  const auto lost_store = [&](const store_service& s) {
    return s.storer.address() == gone || s.reader.address() == gone;
  };
  const auto lost_index = [&](const index_service& s) {
    return s.indexer.address() == gone || s.query.address() == gone || s.accounts.address() == gone ||
           s.editor.address() == gone || s.jobs.address() == gone;
  };
  stores.erase(std::remove_if(stores.begin(), stores.end(), lost_store), stores.end());
  indexes.erase(std::remove_if(indexes.begin(), indexes.end(), lost_index), indexes.end());
  return stores.size() + indexes.size() != before;
}

/// Takes out what lacks an actor: a node that goes away while it tells what it offers leaves handles of nothing.
void take_out_incomplete(services& offered) {
  auto& stores = offered.stores;
  auto& indexes = offered.indexes;
  const auto no_store = [](const store_service& s) { return !s.storer || !s.reader; };
  const auto no_index = [](const index_service& s) {
    return !s.indexer || !s.query || !s.accounts || !s.editor || !s.jobs;
  };
  stores.erase(std::remove_if(stores.begin(), stores.end(), no_store), stores.end());
  indexes.erase(std::remove_if(indexes.begin(), indexes.end(), no_index), indexes.end());
}

void append(services& all, const services& more) {
  all.stores.insert(all.stores.end(), more.stores.begin(), more.stores.end());
  all.indexes.insert(all.indexes.end(), more.indexes.begin(), more.indexes.end());
}

} // namespace

void directory_state::watch(const services& offered) {
  for (const auto& store : offered.stores) {
    self->monitor(store.storer);
    self->monitor(store.reader);
  }
  for (const auto& index : offered.indexes) {
    self->monitor(index.indexer);
    self->monitor(index.query);
    self->monitor(index.accounts);
    self->monitor(index.editor);
    self->monitor(index.jobs);
  }
}

void directory_state::set_own(const node_actor& face, const services& offered) {
  own_face = face;
  own = offered;
  watch(own);
}

void directory_state::connect(const std::string& node, const node_actor& face) {
  self->monitor(face);
  remote[node].face = face;
  ask_for_services(node);
}

void directory_state::ask_for_services(const std::string& node) {
  const auto found = remote.find(node);
  if (found == remote.end()) return;
  self->request(found->second.face, services_timeout, services_atom::value)
      .then(
          [this, node](services& offered) {
            const auto known = remote.find(node);
            if (known == remote.end()) return;
            take_out_incomplete(offered);
            watch(offered);
            known->second.offered = std::move(offered);
            spdlog::info("node {} offers {} stores and {} indexes", node, known->second.offered.stores.size(),
                         known->second.offered.indexes.size());
          },
          [this, node](const caf::error& error) {
            spdlog::warn("node {} does not tell what it offers: {}", node, reason_of(error));
            const auto known = remote.find(node);
            if (known != remote.end()) self->delayed_send(self, ask_again, node, known->second.face);
          });
}

void directory_state::down(const caf::down_msg& message) {
  take_out(own, message.source);
  for (auto it = remote.begin(); it != remote.end();) {
    const auto node = it->first;
    if (it->second.face.address() == message.source) {
      spdlog::warn("node {} is gone", node);
      it = remote.erase(it);
      continue;
    }
    const bool lost = take_out(it->second.offered, message.source);
    ++it;
    if (lost) ask_for_services(node);
  }
}

services directory_state::reachable() const {
  services all = own;
  for (const auto& [node, known] : remote) append(all, known.offered);
  return all;
}

caf::result<std::vector<node_status>> directory_state::statuses() {
  std::vector<node_actor> faces;
  if (own_face) faces.push_back(own_face);
  for (const auto& [node, known] : remote) faces.push_back(known.face);
  if (faces.empty()) return std::vector<node_status>{};
  struct gathering {
    std::vector<node_status> answers;
    size_t open = 0;
  };
  auto promise = self->make_response_promise<std::vector<node_status>>();
  auto gathered = std::make_shared<gathering>();
  gathered->open = faces.size();
  auto close_one = [promise, gathered]() mutable {
    if (--gathered->open == 0) promise.deliver(std::move(gathered->answers));
  };
  for (const auto& face : faces) {
    self->request(face, status_timeout, status_atom::value)
        .then(
            [gathered, close_one, is_own = face == own_face](node_status& status) mutable {
              gathered->answers.insert(is_own ? gathered->answers.begin() : gathered->answers.end(), std::move(status));
              close_one();
            },
            [close_one](const caf::error&) mutable { close_one(); });
  }
  return promise;
}

full_directory_actor::behavior_type directory(full_directory_actor::stateful_pointer<directory_state> self) {
  self->state.self = self;
  self->set_down_handler([self](const caf::down_msg& message) { self->state.down(message); });
  return {
      [self](services_atom) { return self->state.reachable(); },
      [self](status_atom) { return self->state.statuses(); },
      [self](const node_actor& face, const services& offered) { self->state.set_own(face, offered); },
      [self](const std::string& node, const node_actor& face) { self->state.connect(node, face); },
  };
}

} // namespace noctis
