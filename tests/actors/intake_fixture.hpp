#pragma once

#include "actors/intake/intake.hpp"
#include "tests/actors/doubles.hpp"
#include "tests/actors/support.hpp"

namespace noctis::test {

/// An intake among doubles of its neighbours.
struct intake_fixture : actor_fixture {
  shared_world w = std::make_shared<world>();
  std::shared_ptr<shared_services> offered = std::make_shared<shared_services>();
  storer_actor store = keep(spawn_storer(system, w));
  full_indexer_actor index = keep(spawn_indexer(system, w));
  directory_actor directory = keep(spawn_directory(system, offered));
  intake_actor taker = keep(system.spawn(intake, directory, intake_options{}));

  intake_fixture() { offer(store); }

  /// Lets the directory tell of this store and the index.
  void offer(const storer_actor& reachable) {
    services now;
    now.stores.push_back({"store-1", reachable, {}});
    now.indexes.push_back({"index-1", index, {}, {}});
    offered->set(std::move(now));
  }
};

} // namespace noctis::test
