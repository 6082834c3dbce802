#pragma once

#include <caf/actor_control_block.hpp>
#include <caf/message_id.hpp>
#include <caf/scoped_actor.hpp>

#include <mutex>
#include <unordered_map>

namespace noctis {

/// The requests to actors that threads wait for, so that they can all be ended when the facade stops.
class open_requests {
public:
  /// One request, for as long as a thread waits for its answer.
  class entry {
  public:
    entry(open_requests& all, caf::scoped_actor& self, caf::message_id answer);
    ~entry();
    entry(const entry&) = delete;
    entry& operator=(const entry&) = delete;

  private:
    open_requests& all_;
    const caf::actor_control_block* key_;
  };

  /// Answers every open request, and every one from now on, with `errc::shutting_down`.
  void cancel();

private:
  struct waiting {
    caf::strong_actor_ptr self;
    caf::message_id answer;
  };
  static void fail(const waiting& one);

  std::mutex mutex_;
  bool cancelled_ = false;
  std::unordered_map<const caf::actor_control_block*, waiting> waiting_;
};

} // namespace noctis
