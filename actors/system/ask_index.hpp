#pragma once

#include "messages/actors.hpp"

#include <caf/blocking_actor.hpp>
#include <caf/expected.hpp>

#include <chrono>

namespace noctis {

/// Returns the services that can be reached now; none where the directory does not answer.
inline services reachable_services(caf::blocking_actor* self, const directory_actor& directory) {
  services found;
  self->request(directory, std::chrono::seconds{2}, services_atom::value)
      .receive([&](services& s) { found = std::move(s); }, [](caf::error&) {});
  return found;
}

/// Asks one actor of an index, which `pick` chooses from an `index_service`, on the next node where one is gone.
/// Returns its answer or why there is none. Blocks.
template <class T, class Pick, class... Ts>
caf::expected<T> ask_index(caf::blocking_actor* self, const directory_actor& directory, Pick pick, const Ts&... what) {
  constexpr auto patience = std::chrono::seconds{30};
  caf::expected<T> result{failure(errc::index_unavailable, "no node with the role index can be reached")};
  for (const auto& index : reachable_services(self, directory).indexes) {
    const auto actor = pick(index);
    if (!actor) continue;
    self->request(actor, patience, what...)
        .receive([&](T& answer) { result = std::move(answer); }, [&](caf::error& error) { result = std::move(error); });
    if (result) return result;
    const auto code = code_of(result.error());
    if (code != errc::shutting_down && code != errc::index_unavailable) return result;
  }
  return result;
}

/// As `ask_index`, of a request that answers nothing.
template <class Pick, class... Ts>
caf::error tell_index(caf::blocking_actor* self, const directory_actor& directory, Pick pick, const Ts&... what) {
  constexpr auto patience = std::chrono::seconds{30};
  auto result = failure(errc::index_unavailable, "no node with the role index can be reached");
  for (const auto& index : reachable_services(self, directory).indexes) {
    const auto actor = pick(index);
    if (!actor) continue;
    self->request(actor, patience, what...)
        .receive([&] { result = caf::none; }, [&](caf::error& error) { result = std::move(error); });
    const auto code = code_of(result);
    if (code != errc::shutting_down && code != errc::index_unavailable) return result;
  }
  return result;
}

/// The reading side of an index.
inline query_actor query_of(const index_service& index) { return index.query; }

} // namespace noctis
