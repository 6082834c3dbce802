#pragma once

#include "messages/worker_protocol.hpp"

#include <caf/error.hpp>
#include <caf/expected.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace noctis {

struct worker_options {
  std::filesystem::path program; ///< noctis-worker
  int niceness = 10;
  uint64_t memory = uint64_t{3} << 30; ///< bytes beyond what the program takes when it begins; 0: no limit
  std::chrono::milliseconds time{std::chrono::seconds{900}}; ///< from start to end
};

/// Returns the worker program that stands beside the running one.
std::filesystem::path worker_beside_this_program();

/// What a worker tells while it is waited for. Both are called on the thread that waits.
struct worker_events {
  /// Takes a frame; an error ends the worker, and is what the waiting call returns.
  std::function<caf::error(worker_frame&)> frame;
  /// Asked about four times a second; false: the worker is ended (`cancelled`).
  std::function<bool()> goes_on;
};

/// A process that does one task, apart from this one: whatever happens to it, the caller gets an error that names it.
/// Its calls block. The process does not outlive this object, nor this process.
class worker_process {
public:
  /// Starts `task`. Error: `internal` where the program cannot be started.
  static caf::expected<worker_process> start(const worker_options& options, const std::string& task,
                                             worker_events events);

  ~worker_process();
  worker_process(worker_process&&) noexcept;
  worker_process& operator=(worker_process&&) noexcept;

  /// Sends a frame and takes those that come meanwhile. Errors: as `finish`.
  caf::error send(worker_frame_kind kind, std::string_view bytes);

  /// Sends a file in pieces: first `begin` with its whole length, then `append` until nothing is missing. Errors: as
  /// `finish`; `invalid_argument` for more bytes than were announced.
  caf::error begin(worker_frame_kind kind, uint64_t length);
  caf::error append(const uint8_t* bytes, size_t size);

  /// Gives the worker the whole of its time once more.
  void begin_anew();

  /// Waits until the events have got another frame. Errors: as `finish`; `internal` where the worker ends before.
  caf::error wait_for_frame();

  /// Sends the end of the input and takes frames until the worker has ended. Errors: what the worker said;
  /// `internal` for an end by a signal or with an exit code ("the worker was killed by signal 11"); `timeout`;
  /// `cancelled`; `invalid_argument` for frames that are none.
  caf::error finish();

  /// Whether a signal ended the worker that others send, as an operator, or a kernel that is short of memory: nothing
  /// that its work is to blame for.
  [[nodiscard]] bool is_ended_from_outside() const;

  /// Returns the last lines that the worker wrote to its standard error, at most 2 KiB.
  [[nodiscard]] std::string last_words() const;

  [[nodiscard]] int64_t peak_memory() const; ///< bytes of resident memory, once it has ended

private:
  struct state;
  explicit worker_process(std::unique_ptr<state> started);

  std::unique_ptr<state> state_;
};

} // namespace noctis
