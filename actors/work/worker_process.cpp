#include "actors/work/worker_process.hpp"

#include "actors/work/spawn_worker.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace noctis {

namespace {

using clock_type = std::chrono::steady_clock;

constexpr auto question_interval = std::chrono::milliseconds{250};
constexpr size_t most_last_words = 2048;
constexpr size_t piece = size_t{64} << 10;

std::string seconds_text(std::chrono::milliseconds time) {
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(time);
  return whole == time ? std::to_string(whole.count()) + " s" : std::to_string(time.count()) + " ms";
}

} // namespace

struct worker_process::state {
  worker_options options;
  worker_events events;
  worker_child child;
  clock_type::time_point deadline;
  clock_type::time_point next_question;
  caf::error ended_by;           ///< why nothing more is to be expected
  caf::error told;               ///< the failure that the worker sent
  std::vector<uint8_t> incoming; ///< not yet a whole frame
  uint64_t frames = 0;           ///< that came, but for a failure
  uint64_t announced = 0;        ///< bytes of the file that is being sent
  std::string last_words;
  bool reaped = false;
  int status = 0;
  rusage usage{};

  ~state() { kill(); }

  void kill() {
    if (!reaped && child.pid > 0) {
      ::kill(-child.pid, SIGKILL);
      ::kill(child.pid, SIGKILL);
      reap();
    }
  }

  void reap() {
    while (::wait4(child.pid, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    reaped = true;
  }

  /// Ends the worker for `reason`; returns it, or why it had ended before.
  caf::error end(caf::error reason) {
    if (!ended_by) ended_by = std::move(reason);
    kill();
    return ended_by;
  }

  /// Returns why the worker is gone, none after a good end.
  caf::error end_of_process() {
    drain_words();
    if (told) return told;
    if (WIFSIGNALED(status))
      return failure(errc::internal, "the worker was killed by signal " + std::to_string(WTERMSIG(status)));
    if (WEXITSTATUS(status) != 0)
      return failure(errc::internal, "the worker ended with exit code " + std::to_string(WEXITSTATUS(status)));
    if (!incoming.empty()) return failure(errc::internal, "the worker ended within a frame");
    return {};
  }

  caf::error take_words() {
    char text[1024];
    const auto got = ::read(child.words.get(), text, sizeof text);
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) child.words.reset();
    if (got > 0) last_words.append(text, static_cast<size_t>(got));
    if (last_words.size() > most_last_words) last_words.erase(0, last_words.size() - most_last_words);
    return {};
  }

  void drain_words() {
    pollfd waiting{child.words.get(), POLLIN, 0};
    while (child.words && ::poll(&waiting, 1, 0) > 0) {
      static_cast<void>(take_words());
      waiting = {child.words.get(), POLLIN, 0};
    }
  }

  /// Hands on the whole frames among what came.
  caf::error take_frames() {
    size_t at = 0;
    caf::error error;
    while (!error && incoming.size() - at >= worker_head_size) {
      worker_head_bytes bytes{};
      std::copy_n(incoming.begin() + static_cast<std::ptrdiff_t>(at), bytes.size(), bytes.begin());
      const auto head = read_worker_head(bytes, false);
      if (!head) return head.error();
      if (incoming.size() - at - worker_head_size < head->length) break;
      const auto begin = incoming.begin() + static_cast<std::ptrdiff_t>(at + worker_head_size);
      worker_frame frame{head->kind, {begin, begin + static_cast<std::ptrdiff_t>(head->length)}};
      at += worker_head_size + head->length;
      if (frame.kind == worker_frame_kind::failure)
        told = failure_from_text(frame.text());
      else {
        ++frames;
        if (events.frame) error = events.frame(frame);
      }
    }
    incoming.erase(incoming.begin(), incoming.begin() + static_cast<std::ptrdiff_t>(at));
    return error;
  }

  caf::error take_bytes() {
    const auto before = incoming.size();
    incoming.resize(before + piece);
    const auto got = ::read(child.out.get(), incoming.data() + before, piece);
    incoming.resize(before + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) child.out.reset();
    return got > 0 ? take_frames() : caf::error{};
  }

  caf::error ask_whether_to_go_on() {
    const auto now = clock_type::now();
    if (now >= deadline) return failure(errc::timeout, "the worker took more than " + seconds_text(options.time));
    if (now < next_question) return {};
    next_question = now + question_interval;
    if (events.goes_on && !events.goes_on()) return failure(errc::cancelled, "the work was withdrawn");
    return {};
  }

  /// Waits for the pipes a moment and takes what comes; `writable`: whether the worker takes bytes.
  caf::error wait(bool wants_to_write, bool& writable) {
    pollfd pipes[3] = {{child.out ? child.out.get() : -1, POLLIN, 0},
                       {child.words ? child.words.get() : -1, POLLIN, 0},
                       {wants_to_write && child.in ? child.in.get() : -1, POLLOUT, 0}};
    writable = false;
    if (auto error = ask_whether_to_go_on()) return error;
    const auto ready = ::poll(pipes, 3, static_cast<int>(question_interval.count()));
    if (ready < 0 && errno != EINTR)
      return failure(errc::internal, std::string{"the worker's pipes fail: "} + std::strerror(errno));
    if (ready <= 0) return {};
    if (pipes[1].revents != 0)
      if (auto error = take_words()) return error;
    writable = pipes[2].revents != 0;
    return pipes[0].revents != 0 ? take_bytes() : caf::error{};
  }

  /// Takes frames until the worker has closed its output, then waits for its end.
  caf::error wait_for_end() {
    bool writable = false;
    while (child.out)
      if (auto error = wait(false, writable)) return end(std::move(error));
    for (;;) {
      const auto ended = ::wait4(child.pid, &status, WNOHANG, &usage);
      if (ended == child.pid || (ended < 0 && errno != EINTR)) break;
      if (auto error = ask_whether_to_go_on()) return end(std::move(error));
      ::poll(nullptr, 0, 5);
    }
    reaped = true;
    if (!ended_by) ended_by = end_of_process();
    return ended_by;
  }

  caf::error wait_for_frame() {
    bool writable = false;
    for (const auto before = frames; frames == before;) {
      if (ended_by) return ended_by;
      if (!child.out) {
        if (auto error = wait_for_end()) return error;
        return ended_by = failure(errc::internal, "the worker ended without an answer");
      }
      if (auto error = wait(false, writable)) return end(std::move(error));
    }
    return {};
  }

  caf::error write(const uint8_t* bytes, size_t size) {
    while (size > 0) {
      if (ended_by) return ended_by;
      bool writable = false;
      if (auto error = wait(true, writable)) return end(std::move(error));
      if (!child.out) break;
      if (!writable) continue;
      const auto put = ::send(child.in.get(), bytes, std::min(size, piece), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (put < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (put < 0) break;
      bytes += put;
      size -= static_cast<size_t>(put);
    }
    if (size == 0) return {};
    // The worker does not listen any more: it says why, or its end does.
    if (auto error = wait_for_end()) return error;
    return ended_by = failure(errc::internal, "the worker ended before it had read its input");
  }
};

worker_process::worker_process(std::unique_ptr<state> started) : state_(std::move(started)) {}
worker_process::~worker_process() = default;
worker_process::worker_process(worker_process&&) noexcept = default;
worker_process& worker_process::operator=(worker_process&&) noexcept = default;

caf::expected<worker_process> worker_process::start(const worker_options& options, const std::string& task,
                                                    worker_events events) {
  auto child = spawn_worker(options.program, {task, "--memory", std::to_string(options.memory), "--niceness",
                                              std::to_string(options.niceness)});
  if (!child) return std::move(child.error());
  auto started = std::make_unique<state>();
  started->options = options;
  started->events = std::move(events);
  started->child = std::move(*child);
  started->deadline = clock_type::now() + options.time;
  started->next_question = clock_type::now();
  return worker_process{std::move(started)};
}

caf::error worker_process::send(worker_frame_kind kind, std::string_view bytes) {
  if (auto error = begin(kind, bytes.size())) return error;
  return append(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

caf::error worker_process::begin(worker_frame_kind kind, uint64_t length) {
  if (state_->announced != 0)
    return failure(errc::invalid_argument, std::to_string(state_->announced) + " bytes of a frame are missing");
  const auto head = encoded_head({kind, length});
  if (auto checked = read_worker_head(head, true); !checked) return std::move(checked.error());
  state_->announced = length;
  return state_->write(head.data(), head.size());
}

caf::error worker_process::append(const uint8_t* bytes, size_t size) {
  if (size > state_->announced) return failure(errc::invalid_argument, "more bytes than the frame has");
  state_->announced -= size;
  return state_->write(bytes, size);
}

caf::error worker_process::finish() {
  if (state_->ended_by || state_->reaped) return state_->ended_by;
  if (auto error = send(worker_frame_kind::end, {})) return error;
  state_->child.in.reset();
  return state_->wait_for_end();
}

void worker_process::begin_anew() { state_->deadline = clock_type::now() + state_->options.time; }

caf::error worker_process::wait_for_frame() { return state_->wait_for_frame(); }

bool worker_process::is_ended_from_outside() const {
  const bool is_by_itself = state_->reaped && code_of(state_->ended_by) == errc::internal;
  if (!is_by_itself || !WIFSIGNALED(state_->status)) return false;
  const auto signal = WTERMSIG(state_->status);
  return signal == SIGKILL || signal == SIGTERM || signal == SIGINT;
}

std::string worker_process::last_words() const { return state_->last_words; }

int64_t worker_process::peak_memory() const { return int64_t{state_->usage.ru_maxrss} * 1024; }

} // namespace noctis
