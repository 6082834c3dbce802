#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::test {

/// A TCP connection to a port of the loopback.
class loopback {
public:
  explicit loopback(uint16_t port);
  loopback(loopback&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
  loopback& operator=(loopback&&) = delete;
  ~loopback();

  void send(const std::vector<uint8_t>& bytes) const;

  /// Returns the next `size` bytes, fewer when the other side closes the connection before.
  [[nodiscard]] std::vector<uint8_t> receive(size_t size) const;

  /// Waits until the other side closes the connection; false when it does not in time.
  [[nodiscard]] bool is_cut() const;

  /// Whether the other side has closed the connection already.
  [[nodiscard]] bool is_cut_already() const { return ends_within(0); }

private:
  [[nodiscard]] bool ends_within(int timeout_ms) const;
  int socket_ = -1;
};

/// An A-ASSOCIATE-RQ PDU (PS3.8 9.3.2) whose variable part is `length` zeros.
std::vector<uint8_t> associate_request(size_t length = 100);

} // namespace noctis::test
