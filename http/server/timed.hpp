#pragma once

#include <chrono>
#include <mutex>
#include <optional>

namespace noctis {

/// A value that is made anew when it is older than `lifetime`, by one thread while the others wait.
template <class T>
class timed {
public:
  explicit timed(std::chrono::milliseconds lifetime) : lifetime_(lifetime) {}

  template <class Make>
  T get(Make make) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!value_ || std::chrono::steady_clock::now() - at_ > lifetime_) {
      value_ = make();
      at_ = std::chrono::steady_clock::now();
    }
    return *value_;
  }

private:
  const std::chrono::milliseconds lifetime_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point at_;
  std::optional<T> value_;
};

} // namespace noctis
