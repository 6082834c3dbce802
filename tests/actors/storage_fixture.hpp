#pragma once

#include "actors/storage/storer.hpp"
#include "tests/actors/support.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace noctis::test {

/// A store in a directory of its own, with a recovery that only counts what it is given.
struct storage_fixture : actor_fixture {
  temporary_directory base;
  std::shared_ptr<std::atomic<uint64_t>> given = std::make_shared<std::atomic<uint64_t>>(0);
  storer_options options{{"store-1", base.path(), true, true}, 4, uint64_t{1} << 20};

  storer_actor start() { return keep(system.spawn(storer, options, keep(system.spawn(recovery_double, given)))); }

  static put_file whole(const std::string& uid, const std::string& text) {
    return {{1, "0123456789abcdef", "1.2.3", uid}, bytes_of("header "), bytes_of(text)};
  }

  static recovery_actor::behavior_type recovery_double(recovery_actor::pointer,
                                                       const std::shared_ptr<std::atomic<uint64_t>>& given) {
    return {
        [](open_atom) {},
        [given](retry_atom, const location&) { ++*given; },
        [given](count_atom) { return given->load(); },
    };
  }

  [[nodiscard]] std::vector<std::string> files() const { return files_below(base.path()); }
};

} // namespace noctis::test
