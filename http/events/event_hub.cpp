#include "http/events/event_hub.hpp"

#include <algorithm>
#include <map>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace noctis {

namespace {

constexpr size_t buffer_size = size_t{16} << 10u;
constexpr std::chrono::milliseconds round{1000}; ///< between two looks at heartbeats and stalls

/// Whether an event is about the running of the system; the others are about studies.
bool is_for_operators(const std::string& type) { return type == "alert.patient_identity"; }

} // namespace

bool concerns(const event_subscription& listener, const event_row& event) {
  const auto& who = listener.who;
  if (!listener.types.empty() && listener.types.count(event.type) == 0) return false;
  if (!who.may(is_for_operators(event.type) ? permission::system_manage : permission::study_view)) return false;
  return event.facility == 0 ? who.sees_all_facilities() : who.sees_facility(event.facility);
}

std::string event_text(const event_row& event) {
  return "id: " + event.id + "\nevent: " + event.type + "\ndata: " + event.payload + "\n\n";
}

std::string resync_text(const std::string& position) { return event_text({position, "resync", 0, "{}"}); }

event_hub::event_hub(event_hub_options options)
    : options_(options), wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)), thread_([this] { run(); }) {}

event_hub::~event_hub() {
  stop();
  close(wake_);
}

void event_hub::stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
}

void event_hub::wake() const { eventfd_write(wake_, 1); }

size_t event_hub::size() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return streams_.size();
}

bool event_hub::has_room(int64_t user) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto own =
      std::count_if(streams_.begin(), streams_.end(), [=](const auto& one) { return one->listener.who.id == user; });
  return streams_.size() < options_.most_streams && static_cast<size_t>(own) < options_.most_of_one_user;
}

void event_hub::add(std::unique_ptr<connection> client, event_subscription listener, std::string first) {
  client->discard_input();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (stopping_) return;
    // What was read while nobody listened is not there.
    if (streams_.empty() && position_ < listener.position) {
      first_frame_ = end_of_frames();
      frames_.clear();
      before_frames_ = position_ = listener.position;
    }
    auto added = std::make_unique<stream>();
    if (listener.position < before_frames_) first += resync_text(position_.str());
    const auto next = std::upper_bound(frames_.begin(), frames_.end(), listener.position,
                                       [](const event_place& place, const frame& one) { return place < one.place; });
    added->client = std::move(client);
    added->listener = std::move(listener);
    added->next = first_frame_ + static_cast<uint64_t>(next - frames_.begin());
    added->out = std::move(first);
    added->moved = clock::now();
    streams_.push_back(std::move(added));
  }
  wake();
}

std::optional<event_place> event_hub::position() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (streams_.empty()) return std::nullopt;
  return position_;
}

void event_hub::publish(const events_page& page) {
  const auto reached = event_place_of(page.position);
  if (!reached) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (page.missed) {
      for (auto& one : streams_) one->out += resync_text(page.position);
      before_frames_ = *reached;
    }
    for (const auto& event : page.events) {
      const auto place = event_place_of(event.id);
      if (place && position_ < *place) frames_.push_back({*place, event, event_text(event)});
    }
    if (page.missed || position_ < *reached) position_ = *reached;
    for (; frames_.size() > options_.kept; ++first_frame_) {
      before_frames_ = frames_.front().place;
      frames_.pop_front();
    }
  }
  if (page.missed || !page.events.empty()) wake();
}

std::vector<std::pair<std::string, principal>> event_hub::sessions() const {
  std::map<std::string, principal> result;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const auto& one : streams_) result.emplace(one->listener.session, one->listener.who);
  return {result.begin(), result.end()};
}

void event_hub::update(const std::string& session, const principal& who) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto& one : streams_) {
    if (one->listener.session == session) one->listener.who = who;
  }
}

void event_hub::end(const std::string& session) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (auto& one : streams_) one->over = one->over || one->listener.session == session;
  }
  wake();
}

void event_hub::refill(stream& to) const {
  for (; to.out.size() < buffer_size && to.next < end_of_frames(); ++to.next) {
    const auto& one = frames_[to.next - first_frame_];
    if (to.listener.position < one.place && concerns(to.listener, one.event)) to.out += one.text;
  }
}

void event_hub::pump(stream& to, clock::time_point now) {
  for (;;) {
    if (!to.waits()) {
      to.out.clear();
      to.written = 0;
      if (to.next < first_frame_) return void(to.over = true);
      refill(to);
      if (to.out.empty() && now - to.moved >= options_.heartbeat) to.out = ":\n\n";
      if (to.out.empty()) return;
    }
    const auto sent = to.client->write_some(to.out.data() + to.written, to.out.size() - to.written);
    if (sent < 0) return void(to.over = true);
    if (sent == 0) break;
    to.written += static_cast<size_t>(sent);
    to.moved = now;
  }
  to.over = to.over || now - to.moved > options_.longest_stall;
}

void event_hub::drop_streams() {
  streams_.erase(std::remove_if(streams_.begin(), streams_.end(), [](const auto& one) { return one->over; }),
                 streams_.end());
}

void event_hub::run() {
  std::vector<pollfd> items;
  for (;;) {
    items.assign(1, {wake_, POLLIN, 0});
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (stopping_) return streams_.clear();
      for (const auto& one : streams_)
        items.push_back({one->client->descriptor(), static_cast<short>(one->waits() ? POLLIN | POLLOUT : POLLIN), 0});
    }
    poll(items.data(), items.size(), static_cast<int>(round.count()));
    eventfd_t count = 0;
    eventfd_read(wake_, &count);
    const std::lock_guard<std::mutex> lock(mutex_);
    // Streams that were added meanwhile stand behind those that were polled.
    for (size_t i = 1; i < items.size(); ++i) {
      auto& one = *streams_[i - 1];
      if ((items[i].revents & ~POLLOUT) != 0) one.over = one.over || !one.client->discard_input();
    }
    const auto now = clock::now();
    for (auto& one : streams_) {
      if (!one->over) pump(*one, now);
    }
    drop_streams();
  }
}

} // namespace noctis
