#include "http/server/thread_pool.hpp"

namespace noctis {

namespace {

thread_local bool no_room = false;

} // namespace

bool thread_pool::refusing() { return no_room; }

void thread_pool::enqueue(std::function<void()> task) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (tasks_.size() >= free_ && threads_.size() < max_threads_) {
      threads_.emplace_back([this] { work(); });
      ++free_;
    }
    if (tasks_.size() < free_ + max_waiting_) {
      tasks_.push_back(std::move(task));
      count_waiting();
      ready_.notify_one();
      return;
    }
  }
  no_room = true;
  task();
  no_room = false;
}

void thread_pool::count_waiting() { waiting_ = tasks_.size() > free_ ? tasks_.size() - free_ : 0; }

void thread_pool::work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    ready_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    --free_;
    count_waiting();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
    ++free_;
  }
}

void thread_pool::shutdown() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) thread.join();
}

} // namespace noctis
