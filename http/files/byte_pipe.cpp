#include "http/files/byte_pipe.hpp"

namespace noctis {

bool byte_pipe::write(const char* data, size_t size) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return abandoned_ || bytes_.size() < capacity; });
  if (abandoned_) return false;
  bytes_.append(data, size);
  changed_.notify_all();
  return true;
}

void byte_pipe::close(bool whole) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) return;
  closed_ = true;
  whole_ = whole;
  changed_.notify_all();
}

bool byte_pipe::read(std::string& into) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || !bytes_.empty(); });
  into.clear();
  into.swap(bytes_);
  changed_.notify_all();
  return !into.empty();
}

void byte_pipe::abandon() {
  std::lock_guard<std::mutex> lock(mutex_);
  abandoned_ = true;
  changed_.notify_all();
}

bool byte_pipe::broken() {
  std::lock_guard<std::mutex> lock(mutex_);
  return closed_ && !whole_;
}

} // namespace noctis
