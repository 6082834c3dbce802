#pragma once

#include "http/server/connection.hpp"
#include "messages/event_place.hpp"
#include "messages/events.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace noctis {

/// Who listens to events, and to which.
struct event_subscription {
  principal who;
  std::string session;
  std::set<std::string> types; ///< none: all
  event_place position;        ///< of the last event that the listener has
};

/// Whether an event is one of those that somebody listens to and may see.
bool concerns(const event_subscription& listener, const event_row& event);

/// An event as text/event-stream has it.
std::string event_text(const event_row& event);

/// What tells a listener that it missed too much and goes on at `position`.
std::string resync_text(const std::string& position);

struct event_hub_options {
  size_t most_streams = 2000;
  size_t most_of_one_user = 32;
  size_t kept = 4096; ///< events that a slow listener may lag behind
  std::chrono::milliseconds heartbeat{15'000};
  std::chrono::milliseconds longest_stall{45'000}; ///< that a listener may take no byte that waits for it
};

/// Gives events to those who listen, over connections that an HTTP server has handed over. One thread serves them all:
/// a listener costs a descriptor and a small buffer, and one who cannot keep up is cut off, to resume from where it
/// was.
class event_hub {
public:
  using clock = std::chrono::steady_clock;

  explicit event_hub(event_hub_options options = {});
  ~event_hub();
  event_hub(const event_hub&) = delete;
  event_hub& operator=(const event_hub&) = delete;

  /// Whether this user may open another stream.
  [[nodiscard]] bool has_room(int64_t user) const;

  /// Takes over a connection on which the head of the answer was sent. `first` goes out before all events.
  void add(std::unique_ptr<connection> client, event_subscription listener, std::string first);

  /// The place up to which events were published; none while nobody listens.
  [[nodiscard]] std::optional<event_place> position() const;

  /// Gives out what comes after `position()`, as the system sees it.
  void publish(const events_page& page);

  /// The principals of all who listen, by session; each once.
  [[nodiscard]] std::vector<std::pair<std::string, principal>> sessions() const;
  /// What a session may see has changed.
  void update(const std::string& session, const principal& who);
  /// Ends the streams of a session.
  void end(const std::string& session);

  [[nodiscard]] size_t size() const;

  /// Ends all streams and the thread.
  void stop();

private:
  struct frame {
    event_place place;
    event_row event;
    std::string text;
  };
  struct stream {
    std::unique_ptr<connection> client;
    event_subscription listener;
    uint64_t next = 0; ///< number of the frame to look at
    std::string out;
    size_t written = 0;
    clock::time_point moved; ///< when bytes last went out
    bool over = false;

    [[nodiscard]] bool waits() const { return written < out.size(); }
  };

  void run();
  void pump(stream& to, clock::time_point now);
  void refill(stream& to) const;
  void wake() const;
  void drop_streams();
  [[nodiscard]] uint64_t end_of_frames() const { return first_frame_ + frames_.size(); }

  const event_hub_options options_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<stream>> streams_; ///< the thread alone takes some out
  std::deque<frame> frames_;
  uint64_t first_frame_ = 0;  ///< number of the first of `frames_`
  event_place before_frames_; ///< all later events are among `frames_`
  event_place position_;
  int wake_ = -1; ///< an eventfd
  bool stopping_ = false;
  std::thread thread_;
};

} // namespace noctis
