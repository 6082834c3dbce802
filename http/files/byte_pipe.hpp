#pragma once

#include <condition_variable>
#include <mutex>
#include <string>

namespace noctis {

/// Carries bytes from one thread to another, a bounded number at a time.
class byte_pipe {
public:
  static constexpr size_t capacity = size_t{256} << 10;

  /// Gives bytes; waits while the pipe is full. Returns false when the reader has gone.
  bool write(const char* data, size_t size);

  /// No more bytes come; `whole` tells whether all did.
  void close(bool whole);

  /// Takes what is there into `into`, waiting for the first byte. Returns false at the end.
  bool read(std::string& into);

  /// The reader wants no more.
  void abandon();

  /// Whether the writer ended before its time.
  bool broken();

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string bytes_;
  bool closed_ = false;
  bool whole_ = false;
  bool abandoned_ = false;
};

} // namespace noctis
