#include "http/server/connection.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace noctis {

namespace {

constexpr size_t buffer_size = size_t{64} << 10;
constexpr std::chrono::seconds slow_after{60};
constexpr uint64_t slowest = 1024; // bytes per second, on the average of a body

void name_of(const sockaddr_storage& address, std::string& ip, int& port) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address);
    inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text));
    port = ntohs(v4->sin_port);
  } else if (address.ss_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address);
    inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
    port = ntohs(v6->sin6_port);
  }
  ip = text;
  if (ip.rfind("::ffff:", 0) == 0 && ip.find('.') != std::string::npos) ip.erase(0, 7);
}

} // namespace

connection::connection(int socket, SSL_CTX* tls, const http_options& options)
    : options_(options), socket_(socket), tls_(tls ? SSL_new(tls) : nullptr, SSL_free), started_(clock::now()) {
  fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL) | O_NONBLOCK);
  int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  if (tls_) SSL_set_fd(tls_.get(), socket_);
}

connection::~connection() {
  tls_.reset();
  close(socket_);
}

bool connection::open() {
  if (!tls_) return true;
  const auto deadline = clock::now() + options_.head_timeout;
  for (;;) {
    const auto result = SSL_accept(tls_.get());
    if (result == 1) return true;
    if (!wait_tls(result, deadline)) return false;
  }
}

bool connection::await_request(std::chrono::milliseconds wait) {
  if (begin_ < end_ || (tls_ && SSL_pending(tls_.get()) > 0)) return true;
  return wait_for(POLLIN, clock::now() + wait);
}

void connection::begin_head() {
  head_done_ = false;
  head_bytes_ = 0;
  body_left_ = 0;
  started_ = clock::now();
}

void connection::begin_body(int64_t length) {
  head_done_ = true;
  body_left_ = length;
  body_bytes_ = 0;
  started_ = clock::now();
}

bool connection::wait_for(short events, clock::time_point deadline) const {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now()).count();
    pollfd item{socket_, events, 0};
    const auto ready = poll(&item, 1, static_cast<int>(std::clamp<int64_t>(left, 0, INT_MAX)));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

bool connection::wait_tls(int result, clock::time_point deadline) const {
  switch (SSL_get_error(tls_.get(), result)) {
  case SSL_ERROR_WANT_READ:
    return wait_for(POLLIN, deadline);
  case SSL_ERROR_WANT_WRITE:
    return wait_for(POLLOUT, deadline);
  default:
    return false;
  }
}

ssize_t connection::receive(clock::time_point deadline) {
  buffer_.resize(buffer_size);
  for (;;) {
    if (tls_) {
      const auto got = SSL_read(tls_.get(), buffer_.data(), static_cast<int>(buffer_.size()));
      if (got > 0) return got;
      if (SSL_get_error(tls_.get(), got) == SSL_ERROR_ZERO_RETURN) return 0;
      if (!wait_tls(got, deadline)) return -1;
    } else {
      const auto got = recv(socket_, buffer_.data(), buffer_.size(), 0);
      if (got >= 0) return got;
      if (errno != EINTR && (errno != EAGAIN || !wait_for(POLLIN, deadline))) return -1;
    }
  }
}

connection::clock::time_point connection::read_deadline() const {
  return head_done_ ? clock::now() + options_.idle_timeout : started_ + options_.head_timeout;
}

ssize_t connection::read(char* to, size_t size) {
  if (failed_) return -1;
  if (begin_ == end_) {
    const auto elapsed = clock::now() - started_;
    const auto seconds = static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(elapsed).count());
    const auto too_slow = head_done_ && elapsed > slow_after && body_bytes_ / seconds < slowest;
    const auto got = too_slow ? -1 : receive(read_deadline());
    if (got <= 0) {
      failed_ = true;
      return got;
    }
    begin_ = 0;
    end_ = static_cast<size_t>(got);
  }
  const auto count = std::min(size, end_ - begin_);
  std::memcpy(to, buffer_.data() + begin_, count);
  begin_ += count;
  if (head_done_) {
    body_bytes_ += count;
    if (body_left_ > 0) body_left_ -= std::min(body_left_, static_cast<int64_t>(count));
  } else {
    head_bytes_ += count;
    failed_ = head_too_large();
  }
  return failed_ ? -1 : static_cast<ssize_t>(count);
}

bool connection::is_writable() const { return wait_for(POLLOUT, clock::now() + options_.idle_timeout); }

ssize_t connection::write(const char* from, size_t size) {
  const auto deadline = clock::now() + options_.idle_timeout;
  for (;;) {
    if (tls_) {
      const auto sent = SSL_write(tls_.get(), from, static_cast<int>(std::min<size_t>(size, INT_MAX)));
      if (sent > 0) return sent;
      if (wait_tls(sent, deadline)) continue;
    } else {
      const auto sent = send(socket_, from, size, MSG_NOSIGNAL);
      if (sent >= 0) return sent;
      if (errno == EINTR || (errno == EAGAIN && wait_for(POLLOUT, deadline))) continue;
    }
    failed_ = true;
    return -1;
  }
}

void connection::close_gently() {
  if (tls_) SSL_shutdown(tls_.get());
  shutdown(socket_, SHUT_WR);
  const auto deadline = clock::now() + std::chrono::seconds(1);
  size_t budget = size_t{16} << 20;
  buffer_.resize(buffer_size);
  while (wait_for(POLLIN, deadline)) {
    const auto got = recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0 || static_cast<size_t>(got) > budget || clock::now() > deadline) return;
    budget -= static_cast<size_t>(got);
  }
}

ssize_t connection::write_some(const char* from, size_t size) {
  if (!tls_) {
    const auto sent = send(socket_, from, size, MSG_NOSIGNAL);
    return sent >= 0 ? sent : (errno == EAGAIN || errno == EINTR ? 0 : -1);
  }
  const auto sent = SSL_write(tls_.get(), from, static_cast<int>(std::min<size_t>(size, INT_MAX)));
  if (sent > 0) return sent;
  const auto reason = SSL_get_error(tls_.get(), sent);
  return reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

bool connection::discard_input() {
  std::vector<char>().swap(buffer_);
  begin_ = end_ = 0;
  std::array<char, 4096> thrown_away{};
  for (;;) {
    if (!tls_) {
      const auto got = recv(socket_, thrown_away.data(), thrown_away.size(), 0);
      if (got > 0 || (got < 0 && errno == EINTR)) continue;
      return got < 0 && errno == EAGAIN;
    }
    const auto got = SSL_read(tls_.get(), thrown_away.data(), static_cast<int>(thrown_away.size()));
    if (got > 0) continue;
    const auto reason = SSL_get_error(tls_.get(), got);
    return reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE;
  }
}

void connection::turn_away(const std::string& answer) {
  send(socket_, answer.data(), answer.size(), MSG_NOSIGNAL);
  shutdown(socket_, SHUT_WR);
  buffer_.resize(buffer_size);
  recv(socket_, buffer_.data(), buffer_.size(), 0); // what was sent already would reset the connection
}

void connection::abort() { shutdown(socket_, SHUT_RDWR); }

void connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address{};
  socklen_t length = sizeof(address);
  if (getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &length) == 0) name_of(address, ip, port);
}

void connection::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address{};
  socklen_t length = sizeof(address);
  if (getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length) == 0) name_of(address, ip, port);
}

} // namespace noctis
