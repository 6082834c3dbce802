#include "http/events/event_source.hpp"

#include "messages/errors.hpp"
#include "messages/type_ids.hpp"

#include <algorithm>
#include <utility>

namespace noctis {

namespace {

constexpr std::chrono::seconds patience{10};

} // namespace

void event_source_state::again(std::chrono::milliseconds in) { self->delayed_send(self, in, ping_atom::value); }

void event_source_state::try_later() {
  pause = std::min(2 * pause, options.longest_pause);
  again(pause);
}

void event_source_state::read_on() {
  const auto after = hub->position();
  if (!after) return again(options.pause);
  self->request(directory, patience, services_atom::value)
      .then(
          [this, after](const services& there) {
            if (there.indexes.empty()) return try_later();
            read_from(there.indexes.front(), *after);
          },
          [this](const caf::error&) { try_later(); });
}

void event_source_state::read_from(const index_service& index, const event_place& after) {
  self->request(index.query, patience, events_request{system_principal("events"), after.str()})
      .then(
          [this](const events_page& page) {
            hub->publish(page);
            pause = options.pause;
            again(page.more ? std::chrono::milliseconds{0} : pause);
          },
          [this](const caf::error&) { try_later(); });
}

void event_source_state::check_sessions() {
  self->delayed_send(self, options.session_check, status_atom::value);
  const auto sessions = hub->sessions();
  if (sessions.empty()) return;
  self->request(directory, patience, services_atom::value)
      .then(
          [this, sessions](const services& there) {
            if (there.indexes.empty()) return;
            for (const auto& [session, who] : sessions) check(there.indexes.front().accounts, session, who);
          },
          [](const caf::error&) {});
}

void event_source_state::check(const accounts_actor& accounts, const std::string& session, const principal& who) {
  self->request(accounts, patience, authenticate_request{session, who.address, who.request_id, true})
      .then([this, session](const authenticated& known) { hub->update(session, known.who); },
            [this, session](const caf::error& error) {
              const auto code = code_of(error);
              if (code == errc::unauthenticated || code == errc::not_found || code == errc::permission_denied)
                hub->end(session);
            });
}

event_source_actor::behavior_type event_source(event_source_actor::stateful_pointer<event_source_state> self,
                                               std::shared_ptr<event_hub> hub, directory_actor directory,
                                               event_source_options options) {
  auto& state = self->state;
  state.self = self;
  state.hub = std::move(hub);
  state.directory = std::move(directory);
  state.options = options;
  state.pause = options.pause;
  state.read_on();
  self->delayed_send(self, options.session_check, status_atom::value);
  return {
      [self](ping_atom) { self->state.read_on(); },
      [self](status_atom) { self->state.check_sessions(); },
  };
}

} // namespace noctis
