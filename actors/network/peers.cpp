#include "actors/network/peers.hpp"

#include "dicom/scu.hpp"

#include <caf/event_based_actor.hpp>

namespace noctis {

namespace {

constexpr auto list_interval = std::chrono::seconds{3};
constexpr auto list_timeout = std::chrono::seconds{5};

/// Echoes once on a thread of its own, since DCMTK blocks.
using echoer_actor = caf::typed_actor<caf::replies_to<echo_request>::with<echo_reply>>;

echoer_actor::behavior_type echoer(echoer_actor::pointer self, const scu_peer& peer) {
  return {
      [self, peer](const echo_request&) -> caf::result<echo_reply> {
        self->quit();
        auto took = noctis::echo(peer);
        if (!took)
          return took.error();
        constexpr double us_per_ms = 1000;
        return echo_reply{static_cast<double>(took->count()) / us_per_ms};
      },
  };
}

void refresh(full_peers_actor::stateful_pointer<peers_state> self, const directory_actor& directory) {
  const auto failed = [self](caf::error& error) { self->state.not_loaded = std::move(error); };
  self->request(directory, list_timeout, services_atom::value)
      .then(
          [self, failed](const services& found) {
            if (found.indexes.empty()) {
              self->state.not_loaded = failure(errc::index_unavailable, "no index can be reached");
              return;
            }
            self->request(found.indexes.front().query, list_timeout, list_atom::value, system_principal("peers"))
                .then(
                    [self](ae_list& list) {
                      self->state.known.clear();
                      for (auto& entity : list.entities)
                        self->state.known.emplace(entity.title, std::move(entity));
                      self->state.is_loaded = true;
                    },
                    failed);
          },
          failed);
}

scu_peer peer_of(const peers_options& options, const ae_row& entity) {
  return {entity.host, static_cast<uint16_t>(entity.port), entity.title, options.calling_title, options.echo_timeout};
}

} // namespace

caf::result<principal> peers_state::resolve(const caller_request& request) const {
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
    if (!is_loaded) {
      return not_loaded ? not_loaded : failure(errc::index_unavailable, "the list of callers is not loaded yet");
    }
    return failure(errc::permission_denied, "AE title " + request.calling_aet + " is not registered here");
  }
  who.facilities.push_back(default_facility);
  return who;
}

full_peers_actor::behavior_type peers(full_peers_actor::stateful_pointer<peers_state> self, directory_actor directory,
                                      peers_options options) {
  self->state.options = std::move(options);
  self->send(self, ping_atom::value);
  return {
      [self](const caller_request& request) { return self->state.resolve(request); },
      [self](const echo_request& request) -> caf::result<echo_reply> {
        const auto& options = self->state.options;
        auto peer = scu_peer{options.own_host, options.own_port, options.own_title, options.calling_title,
                             options.echo_timeout};
        if (!request.ae_title.empty()) {
          const auto found = self->state.known.find(request.ae_title);
          if (found == self->state.known.end()) {
            return failure(errc::not_found, "no AE title " + request.ae_title + " is registered");
          }
          peer = peer_of(options, found->second);
        }
        return self->delegate(self->spawn<caf::detached>(echoer, peer), request);
      },
      [self, directory](ping_atom) {
        refresh(self, directory);
        self->delayed_send(self, list_interval, ping_atom::value);
      },
  };
}

} // namespace noctis
