#pragma once

#include "messages/actors.hpp"

#include <caf/response_promise.hpp>
#include <caf/sec.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace noctis {

struct intake_options {
  conflict_policy on_conflict = conflict_policy::reject;
};

/// Returns the facility that an instance goes to, 0 where its sender has none.
inline int64_t facility_of(const arrival& about) {
  return about.from.facilities.empty() ? 0 : about.from.facilities.front();
}

/// Sees one instance after the other from its bytes to its place in store and index (the ingest path of the
/// design), for the association or upload that spawned it and is linked to it. What was acknowledged is durable
/// and committed; every other end is an error, after which the bytes are
///   removed       when the index certainly has no row for them,
///   in quarantine when they can never be indexed as they are,
///   left to the store's recovery when it is unknown whether the index has a row.
/// It waits for store and index as long as they live, since they always answer: a file whose answer nobody heard
/// would have no owner. How long a sender waits is the affair of who spawned it.
struct intake_state {
  struct instance {
    uint64_t number = 0;
    arrival about;
    blob preamble;
    blob bytes;                    ///< whole instances
    std::optional<stream_id> open; ///< piecewise instances
    store_service store;
    index_service index;
    parsed_instance parsed;
    location file;
    caf::error spoiled; ///< the parser has refused a piece
    caf::typed_response_promise<store_outcome> promise;
  };

  static inline const char* name = "intake";

  intake_actor::stateful_pointer<intake_state> self;
  directory_actor directory;
  intake_options options;
  parser_actor parser;
  services reachable;
  std::optional<instance> current;
  uint64_t instances = 0;

  void start(directory_actor where, intake_options given);

  caf::result<store_outcome> take(const arrival& about, const blob& bytes);
  caf::result<void> open(const arrival& about);
  caf::result<void> append(const blob& bytes);
  caf::result<store_outcome> finish();
  void drop();
  void lost(const caf::down_msg& down);

private:
  using on_error = std::function<void(caf::error)>;

  // One request is under way at a time; its answer is ignored once the step has ended by the loss of its receiver.
  uint64_t step_ = 0;
  caf::actor_addr waiting_for_;
  on_error on_lost_;

  template <class Value, class Handle, class OnValue, class... Args>
  void ask(const Handle& receiver, OnValue on_value, on_error on_failure, const Args&... args);
  void spawn_parser();

  caf::error begin(const arrival& about);
  void find_services(std::function<void()> next, on_error on_failure);
  bool choose_services();
  void parse();
  void store();
  void seal();
  void index();
  void indexed(const index_result& result);
  void confirm_copy(const index_result& result);
  void heal(const index_result& result);
  void index_failed(caf::error error);
  void quarantine(caf::error error, const std::string& path);
  void record_quarantine(caf::error error, location kept);

  void succeed(const index_result& result);
  void fail(caf::error error);
  [[nodiscard]] placement target() const;
};

template <class Value, class Handle, class OnValue, class... Args>
void intake_state::ask(const Handle& receiver, OnValue on_value, on_error on_failure, const Args&... args) {
  const auto step = ++step_;
  waiting_for_ = receiver.address();
  on_lost_ = on_failure;
  auto accept = [this, step] {
    const auto is_current = step == step_;
    if (is_current) waiting_for_ = nullptr;
    return is_current;
  };
  auto refused = [this, accept, on_failure](caf::error& error) {
    if (error == caf::sec::request_receiver_down) reachable = {};
    if (accept()) on_failure(std::move(error));
  };
  if constexpr (std::is_void_v<Value>) {
    self->request(receiver, caf::infinite, args...)
        .then(
            [accept, on_value]() mutable {
              if (accept()) on_value();
            },
            refused);
  } else {
    self->request(receiver, caf::infinite, args...)
        .then(
            [accept, on_value](Value& value) mutable {
              if (accept()) on_value(std::move(value));
            },
            refused);
  }
}

intake_actor::behavior_type intake(intake_actor::stateful_pointer<intake_state> self, directory_actor directory,
                                   intake_options options);

} // namespace noctis
