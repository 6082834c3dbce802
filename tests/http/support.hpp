#pragma once

#include "http/facade.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <httplib.h>
#include <rapidjson/document.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace noctis::test {

/// What the actors around the facade know and have seen. Shared by the doubles that stand for them.
struct world {
  std::mutex mutex;
  std::map<std::string, std::string> files; ///< by path
  std::vector<image_row> images;            ///< of study 1.2.3, series 1.2.3.4
  std::vector<std::string> kept;            ///< data that intakes were given
  std::vector<quarantine_entry> quarantine;
  std::vector<study_filter> filters;
  std::vector<event_row> events;
  std::vector<std::string> edits;             ///< what the editor and the ledger of jobs were asked
  std::map<std::string, std::string> secrets; ///< session → secret that is good now
  std::map<std::string, blob> cached;
  int described = 0;  ///< files
  int background = 0; ///< requests that were no activity
  int dropped = 0;
  size_t largest_piece = 0;
  bool database = true;
  bool redis = true;
  bool store = true;
  bool silent_directory = false;
  bool silent_index = false;
  caf::error refuse_with; ///< what intakes answer; none: they keep
};

using shared_world = std::shared_ptr<world>;

/// The bytes of a Part 10 file of `size` bytes, at least 132, filled from `seed`.
std::string part10(size_t size, int seed = 1);

/// XXH3-128 in hex.
std::string checksum(const std::string& bytes);

/// A facade on a free loopback port, among doubles of its neighbours.
class facade_fixture {
public:
  explicit facade_fixture(http_options options = default_options());
  ~facade_fixture();

  static http_options default_options();

  /// Adds an instance with one copy on node "a".
  void add_image(int64_t id, const std::string& bytes);

  httplib::Client client() const;
  /// A client that is logged in as an administrator.
  httplib::Client user();
  std::string access_token();

  static rapidjson::Document json(const httplib::Result& answer);

  shared_world known = std::make_shared<world>();
  uint16_t port = 0;
  facade_actor facade;

private:
  struct config : caf::actor_system_config {
    config();
  };
  config config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<caf::actor> doubles_;

public:
  caf::actor_system& system() { return *system_; }
};

} // namespace noctis::test
