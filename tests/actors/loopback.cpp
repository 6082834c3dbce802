#include "tests/actors/loopback.hpp"

#include "tests/actors/support.hpp"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace noctis::test {

loopback::loopback(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
    throw std::runtime_error("cannot connect");
}

loopback::~loopback() {
  if (socket_ >= 0) ::close(socket_);
}

void loopback::send(const std::vector<uint8_t>& bytes) const {
  if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("cannot send");
}

bool loopback::is_cut() const {
  return ends_within(static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(patience).count()));
}

bool loopback::ends_within(int timeout_ms) const {
  pollfd watched{socket_, POLLIN, 0};
  std::array<char, 256> ignored{};
  while (::poll(&watched, 1, timeout_ms) > 0) {
    if (::recv(socket_, ignored.data(), ignored.size(), 0) <= 0) return true;
  }
  return false;
}

std::vector<uint8_t> loopback::receive(size_t size) const {
  std::vector<uint8_t> bytes(size);
  const auto got = ::recv(socket_, bytes.data(), size, MSG_WAITALL);
  bytes.resize(got < 0 ? 0 : static_cast<size_t>(got));
  return bytes;
}

std::vector<uint8_t> associate_request(size_t length) {
  std::vector<uint8_t> bytes{0x01, 0x00};
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<uint8_t>(length >> shift));
  bytes.resize(bytes.size() + length);
  return bytes;
}

} // namespace noctis::test
