#pragma once

#include "messages/errors.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

struct redisContext;
struct redisReply;

namespace noctis {

struct redis_reply_deleter {
  void operator()(redisReply* reply) const;
};
using redis_reply = std::unique_ptr<redisReply, redis_reply_deleter>;

/// One connection to Redis, opened again after a failure, at most once a second. Its functions block, 2 s at most.
class redis_connection {
public:
  /// `url`: redis://[:password@]host[:port][/database], or unix:///path/to/socket; "" for no Redis at all.
  explicit redis_connection(std::string url = {});
  redis_connection(redis_connection&&) noexcept;
  redis_connection& operator=(redis_connection&&) noexcept;
  ~redis_connection();

  /// Whether it is open, after an attempt to open it.
  bool open();

  /// Sends a command and returns the answer, an error of Redis's too; null where the connection is lost.
  redis_reply ask(const std::vector<std::string>& words);

  /// Sends without waiting; `next_reply` returns the answers in order, null where the connection is lost.
  bool send(const std::vector<std::string>& words);
  redis_reply next_reply();

  /// Closes the connection and returns why it failed, as `errc::cache_unavailable`.
  caf::error away();

  /// Why there is no connection; "" where there is one.
  [[nodiscard]] const std::string& failed() const { return failed_; }

private:
  struct closer {
    void operator()(redisContext* context) const;
  };

  std::string url_;
  std::unique_ptr<redisContext, closer> context_;
  std::chrono::steady_clock::time_point next_try_{};
  std::string failed_ = "not connected yet";
};

} // namespace noctis
