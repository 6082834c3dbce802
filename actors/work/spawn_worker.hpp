#pragma once

#include <caf/expected.hpp>

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace noctis {

/// A file descriptor that is closed with its owner.
class owned_descriptor {
public:
  owned_descriptor() = default;
  explicit owned_descriptor(int fd) : fd_(fd) {}
  ~owned_descriptor() { reset(); }
  owned_descriptor(owned_descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  owned_descriptor& operator=(owned_descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  [[nodiscard]] int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

private:
  int fd_ = -1;
};

/// A process that was started, and the ends of its pipes that are ours.
struct worker_child {
  pid_t pid = 0;          ///< also its process group
  owned_descriptor in;    ///< a socket: we write, it reads as standard input
  owned_descriptor out;   ///< its standard output
  owned_descriptor words; ///< its standard error
};

/// Starts `program` with `arguments`; it gets nothing of this process but its environment. Error: `internal`.
caf::expected<worker_child> spawn_worker(const std::filesystem::path& program,
                                         const std::vector<std::string>& arguments);

} // namespace noctis
