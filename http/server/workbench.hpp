#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace noctis {

/// Lets a bounded number of threads decode, encode and render at once, so that requests which only pass bytes on keep
/// their share of the processors.
class workbench {
public:
  static constexpr std::chrono::seconds longest_wait{10};
  static constexpr size_t most_waiting = 16; ///< threads that wait are missing elsewhere

  /// `places`: 0 means one for each processor but one.
  explicit workbench(size_t places = 0);

  /// A place at the bench, kept as long as it lives.
  class place {
  public:
    /// Waits for a place. Throws `refusal` (503 with Retry-After) after `patience`, or at once where many wait.
    explicit place(workbench& bench, std::chrono::milliseconds patience = longest_wait);
    ~place();
    place(const place&) = delete;
    place& operator=(const place&) = delete;

  private:
    workbench& bench_;
  };

private:
  std::mutex mutex_;
  std::condition_variable freed_;
  size_t free_;
  size_t waiting_ = 0;
};

} // namespace noctis
