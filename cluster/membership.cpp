#include "cluster/membership.hpp"

#include "cluster/node.hpp"

#include <caf/openssl/manager.hpp>
#include <caf/openssl/publish.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <random>

namespace noctis {

namespace {

constexpr auto interval = std::chrono::seconds{1};
constexpr auto connect_timeout = std::chrono::seconds{30};

std::string random_name() {
  std::random_device source;
  std::string result;
  for (int i = 0; i < 4; ++i) result += std::to_string(source()) + "-";
  result.pop_back();
  return result;
}

bool offers_services(const node_row& node) {
  return std::any_of(node.roles.begin(), node.roles.end(),
                     [](const std::string& role) { return role == "store" || role == "index"; });
}

/// Whether `self` opens the connection to `other`. Of two nodes one does, since a second connection between them ends
/// the first: the one that wants the other's services, and where both do, the first by name.
bool connects(const node_row& self, const node_row& other) {
  if (other.port == 0 || other.name == self.name || !offers_services(other)) return false;
  const bool other_connects_too = self.port != 0 && offers_services(self);
  return !other_connects_too || self.name < other.name;
}

} // namespace

caf::error membership_state::start(membership_options given, node_actor own_face,
                                   full_directory_actor services_directory) {
  options = std::move(given);
  face = std::move(own_face);
  directory = std::move(services_directory);
  incarnation = random_name();
  database = std::make_unique<schema::database>(options.database);
  if (options.self.port != 0) {
    const auto port =
        caf::openssl::publish(face, static_cast<uint16_t>(options.self.port), options.bind_to.c_str(), true);
    if (!port) {
      return failure(errc::internal, "cannot publish the node on " + options.bind_to + ":" +
                                         std::to_string(options.self.port) + ": " +
                                         self->system().render(port.error()));
    }
    spdlog::info("node {} takes other nodes on {}:{}", options.self.name, options.bind_to, *port);
  }
  self->send(self, ping_atom::value);
  return {};
}

void membership_state::renew() {
  schema::nodes_repository nodes{*database, options.lease};
  if (has_joined) {
    nodes.renew(options.self.name, incarnation);
  } else {
    nodes.join(options.self, incarnation);
    has_joined = true;
  }
  for (const auto& other : nodes.list()) {
    if (options.is_networked && other.state == "up" && connects(options.self, other)) connect(other);
  }
  if (is_away) spdlog::info("the database is back");
  is_away = false;
}

void membership_state::tick() {
  try {
    renew();
  } catch (const schema::database_error& error) {
    if (error.code() == errc::state_conflict && !has_joined) {
      spdlog::warn("node {} waits for its name: {}", options.self.name, error.what());
    } else if (error.code() == errc::state_conflict) {
      spdlog::critical("node {} has lost its name: {}", options.self.name, error.what());
      self->quit(failure(errc::state_conflict, error.what()));
      return;
    } else if (!is_away) {
      is_away = true;
      spdlog::error("the lease is not renewed: {}", error.what());
    }
  }
  self->delayed_send(self, interval, ping_atom::value);
}

void membership_state::connect(const node_row& other) {
  if (connected.count(other.name) != 0 || !connecting.insert(other.name).second) return;
  self->request(self->home_system().openssl_manager().actor_handle(), connect_timeout, caf::connect_atom::value,
                other.host, static_cast<uint16_t>(other.port))
      .then(
          [this, node = other.name](const caf::node_id&, const caf::strong_actor_ptr& its_face,
                                    const std::set<std::string>& interfaces) {
            connecting.erase(node);
            if (its_face && self->home_system().assignable<node_actor>(interfaces)) {
              greet(node, caf::actor_cast<node_actor>(its_face));
            } else {
              spdlog::warn("no connection to node {}: no node of this kind answers there", node);
            }
          },
          [this, node = other.name, place = other.host + ":" + std::to_string(other.port)](const caf::error& error) {
            connecting.erase(node);
            spdlog::warn("no connection to node {} at {}: {}", node, place, self->home_system().render(error));
          });
}

void membership_state::greet(const std::string& node, const node_actor& its_face) {
  connected[node] = its_face.address();
  self->monitor(its_face);
  self->send(directory, node, its_face);
  self->send(caf::actor_cast<full_node_actor>(its_face), options.self.name, face);
  spdlog::info("connected to node {}", node);
}

void membership_state::down(const caf::down_msg& message) {
  for (auto it = connected.begin(); it != connected.end();) {
    it = it->second == message.source ? connected.erase(it) : std::next(it);
  }
}

void membership_state::leave() {
  if (options.self.port != 0) {
    self->send(self->home_system().openssl_manager().actor_handle(), caf::unpublish_atom::value, face.address(),
               static_cast<uint16_t>(options.self.port));
  }
  if (!has_joined) return;
  try {
    schema::nodes_repository{*database, options.lease}.leave(options.self.name, incarnation);
  } catch (const schema::database_error& error) {
    spdlog::warn("the lease runs out by itself: {}", error.what());
  }
}

membership_actor::behavior_type membership(membership_actor::stateful_pointer<membership_state> self,
                                           membership_options options, node_actor face,
                                           full_directory_actor directory) {
  self->state.self = self;
  self->set_down_handler([self](const caf::down_msg& message) { self->state.down(message); });
  self->set_exit_handler([self](const caf::exit_msg& message) {
    self->state.leave();
    self->quit(message.reason);
  });
  if (auto error = self->state.start(std::move(options), std::move(face), std::move(directory))) {
    spdlog::critical("{}", reason_of(error));
    self->quit(std::move(error));
  }
  return {[self](ping_atom) { self->state.tick(); }};
}

} // namespace noctis
