#pragma once

#include "messages/actors.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace noctis {

struct peers_options {
  bool callers_must_be_registered = false; ///< production: unknown calling AE titles are rejected
  std::string own_host = "127.0.0.1";
  uint16_t own_port = 11112;
  std::string own_title;
  std::string calling_title; ///< with which we call others
  std::chrono::seconds echo_timeout{10};
};

/// The facility that unknown callers' images go to, made by the first migration.
inline constexpr int64_t default_facility = 1;

/// The messages of the peers actor to itself.
using peers_inbox = caf::typed_actor<caf::reacts_to<ping_atom>>;
using full_peers_actor = peers_actor::extend_with<peers_inbox>;

/// Keeps the list of registered application entities, asked anew every few seconds and when a title is not in it;
/// the last one stays in force while the database is away.
struct peers_state {
  static inline const char* name = "peers";

  full_peers_actor::stateful_pointer<peers_state> self;
  directory_actor directory;
  peers_options options;
  std::map<std::string, ae_row> known; ///< by title
  bool is_loaded = false;
  caf::error not_loaded;                       ///< why
  std::vector<std::function<void()>> awaiting; ///< to be done when the list under way has come, or not

  /// Asks for the list and then does `next`, whether it came or not.
  void refresh(std::function<void()> next);
  caf::result<principal> resolve(const caller_request& request);
  caf::result<echo_reply> echo(const echo_request& request);

private:
  void refreshed();
  [[nodiscard]] caf::expected<principal> answer(const caller_request& request) const;
};

full_peers_actor::behavior_type peers(full_peers_actor::stateful_pointer<peers_state> self, directory_actor directory,
                                      peers_options options);

} // namespace noctis
