#include "http/thread_pool.hpp"

namespace noctis {

namespace {

thread_local bool no_room = false;

} // namespace

bool thread_pool::refusing() { return no_room; }

void thread_pool::enqueue(std::function<void()> task) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (tasks_.size() < idle_ || threads_.size() < max_threads_ || tasks_.size() < max_waiting_) {
      tasks_.push_back(std::move(task));
      if (tasks_.size() > idle_ && threads_.size() < max_threads_)
        threads_.emplace_back([this] { work(); });
      else if (tasks_.size() > idle_)
        waiting_ = tasks_.size() - idle_;
      ready_.notify_one();
      return;
    }
  }
  no_room = true;
  task();
  no_room = false;
}

void thread_pool::work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    ++idle_;
    ready_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    --idle_;
    if (tasks_.empty())
      return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    waiting_ = tasks_.size() > idle_ ? tasks_.size() - idle_ : 0;
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

void thread_pool::shutdown() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_)
    thread.join();
}

} // namespace noctis
