#pragma once

#include <httplib.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace noctis {

/// Threads for connections, started as they are needed. What finds neither a thread nor room to wait runs on
/// the accepting thread with `refusing()` true, to be turned away quickly.
class thread_pool final : public httplib::TaskQueue {
public:
  thread_pool(size_t threads, size_t waiting) : max_threads_(threads), max_waiting_(waiting) {}

  void enqueue(std::function<void()> task) override;
  void shutdown() override;

  /// Whether a connection waits for a thread, so that idle ones should end.
  [[nodiscard]] bool crowded() const { return waiting_.load(std::memory_order_relaxed) > 0; }

  /// Whether the calling thread runs a task for which there was no room.
  static bool refusing();

private:
  void work();
  void count_waiting();

  const size_t max_threads_;
  const size_t max_waiting_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;
  size_t free_ = 0; ///< threads without a task, those that are starting included
  bool stopping_ = false;
  std::atomic<size_t> waiting_{0};
};

} // namespace noctis
