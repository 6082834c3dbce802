#pragma once

#include "tests/actors/support.hpp"

#include <string>
#include <sys/types.h>

namespace noctis::test {

/// A Redis of its own on a unix socket in a temporary directory.
class redis_server {
public:
  redis_server() { start(); }
  redis_server(const redis_server&) = delete;
  redis_server& operator=(const redis_server&) = delete;
  ~redis_server() { stop(); }

  void start();
  void stop();
  [[nodiscard]] std::string socket() const { return (directory_.path() / "redis.sock").string(); }
  [[nodiscard]] std::string url() const { return "unix://" + socket(); }

private:
  temporary_directory directory_;
  pid_t process_ = -1;
};

} // namespace noctis::test
