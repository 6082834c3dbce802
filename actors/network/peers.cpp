#include "actors/network/peers.hpp"

#include "dicom/network/scu.hpp"

#include <caf/event_based_actor.hpp>

namespace noctis {

namespace {

constexpr auto list_interval = std::chrono::seconds{3};
constexpr auto list_timeout = std::chrono::seconds{1}; // a caller waits for it

/// Echoes once on a thread of its own, since DCMTK blocks.
using echoer_actor = caf::typed_actor<caf::replies_to<echo_request>::with<echo_reply>>;

echoer_actor::behavior_type echoer(echoer_actor::pointer self, const scu_peer& peer) {
  return {
      [self, peer](const echo_request&) -> caf::result<echo_reply> {
        self->quit();
        auto took = noctis::echo(peer);
        if (!took) return took.error();
        constexpr double us_per_ms = 1000;
        return echo_reply{static_cast<double>(took->count()) / us_per_ms};
      },
  };
}

scu_peer peer_of(const peers_options& options, const ae_row& entity) {
  return {entity.host, static_cast<uint16_t>(entity.port), entity.title, options.calling_title, options.echo_timeout};
}

} // namespace

void peers_state::refresh(std::function<void()> next) {
  awaiting.push_back(std::move(next));
  if (awaiting.size() > 1) return;
  const auto failed = [this](caf::error& error) {
    not_loaded = std::move(error);
    refreshed();
  };
  self->request(directory, list_timeout, services_atom::value)
      .then(
          [this, failed](const services& found) {
            if (found.indexes.empty()) {
              not_loaded = failure(errc::index_unavailable, "no index can be reached");
              refreshed();
              return;
            }
            self->request(found.indexes.front().query, list_timeout, list_atom::value, system_principal("peers"))
                .then(
                    [this](ae_list& list) {
                      known.clear();
                      for (auto& entity : list.entities) known.emplace(entity.title, std::move(entity));
                      is_loaded = true;
                      refreshed();
                    },
                    failed);
          },
          failed);
}

void peers_state::refreshed() {
  const auto due = std::move(awaiting);
  awaiting.clear();
  for (const auto& next : due) next();
}

caf::expected<principal> peers_state::answer(const caller_request& request) const {
  principal who;
  who.kind = principal_kind::ae;
  who.name = request.calling_aet;
  who.address = request.address;
  who.role = "service";
  who.permissions = permissions_of_role(who.role);
  if (const auto found = known.find(request.calling_aet); found != known.end()) {
    who.facilities.push_back(found->second.facility.id);
    return who;
  }
  if (options.callers_must_be_registered) {
    if (!is_loaded) return not_loaded;
    return failure(errc::permission_denied, "AE title " + request.calling_aet + " is not registered here");
  }
  who.facilities.push_back(default_facility);
  return who;
}

caf::result<principal> peers_state::resolve(const caller_request& request) {
  auto promise = self->make_response_promise<principal>();
  auto deliver = [this, promise, request]() mutable {
    auto who = answer(request);
    if (who) {
      promise.deliver(std::move(*who));
    } else {
      promise.deliver(std::move(who.error()));
    }
  };
  if (known.count(request.calling_aet) != 0) {
    deliver();
  } else {
    refresh(deliver);
  }
  return promise;
}

caf::result<echo_reply> peers_state::echo(const echo_request& request) {
  if (request.ae_title.empty()) {
    const scu_peer ourselves{options.own_host, options.own_port, options.own_title, options.calling_title,
                             options.echo_timeout};
    return self->delegate(self->spawn<caf::detached>(echoer, ourselves), request);
  }
  auto promise = self->make_response_promise<echo_reply>();
  refresh([this, promise, request]() mutable {
    const auto found = known.find(request.ae_title);
    if (found == known.end()) {
      promise.deliver(failure(errc::not_found, "no AE title " + request.ae_title + " is registered"));
    } else {
      promise.delegate(self->spawn<caf::detached>(echoer, peer_of(options, found->second)), request);
    }
  });
  return promise;
}

full_peers_actor::behavior_type peers(full_peers_actor::stateful_pointer<peers_state> self, directory_actor directory,
                                      peers_options options) {
  self->state.self = self;
  self->state.directory = std::move(directory);
  self->state.options = std::move(options);
  self->send(self, ping_atom::value);
  return {
      [self](const caller_request& request) { return self->state.resolve(request); },
      [self](const echo_request& request) { return self->state.echo(request); },
      [self](ping_atom) { self->state.refresh([self] { self->delayed_send(self, list_interval, ping_atom::value); }); },
  };
}

} // namespace noctis
