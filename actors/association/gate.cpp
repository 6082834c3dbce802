#include "actors/association/gate.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace noctis {

namespace {

constexpr uint8_t associate_rq = 0x01; // PS3.8 9.3.2
constexpr size_t pdu_head = 6;         // type, reserved, length
// 128 presentation contexts with all transfer syntaxes stay well below.
constexpr size_t max_request = size_t{256} << 10;

std::string numeric_address(const sockaddr_storage& peer, socklen_t length) {
  std::array<char, NI_MAXHOST> host{};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&peer), length, host.data(), host.size(), nullptr, 0,
                    NI_NUMERICHOST) != 0) {
    return "unknown";
  }
  return host.data();
}

/// Returns the length of the PDU that `received` begins with, 0 while its head is not all there.
size_t pdu_length(const std::vector<uint8_t>& received) {
  if (received.size() < pdu_head) return 0;
  return pdu_head +
         ((size_t{received[2]} << 24) | (size_t{received[3]} << 16) | (size_t{received[4]} << 8) | size_t{received[5]});
}

/// Tells the peer that what it sent is no association request (A-ABORT by the service provider, PS3.8 9.3.8): as far
/// as it is still there to hear it.
void abort_connection(int socket) {
  constexpr uint8_t unrecognized_pdu = 1;
  constexpr std::array<uint8_t, 10> abort_pdu{0x07, 0, 0, 0, 0, 4, 0, 0, 2, unrecognized_pdu};
  ::send(socket, abort_pdu.data(), abort_pdu.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(socket, SHUT_WR);
}

void watch(int poll, int descriptor) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = descriptor;
  ::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
}

} // namespace

std::string gate::open(const gate_options& options) {
  options_ = options;
  if (!options.tls.certificate.empty()) {
    tls_ = std::make_unique<tls_server>();
    if (auto failed = tls_->open(options.tls); !failed.empty()) return failed;
  }
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const auto service = std::to_string(options.port);
  const auto* host = options.host.empty() ? nullptr : options.host.c_str();
  if (const int error = ::getaddrinfo(host, service.c_str(), &hints, &found); error != 0) {
    return "cannot resolve " + options.host + ": " + ::gai_strerror(error);
  }
  listener_ = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  constexpr int backlog = 1024;
  const bool bound =
      listener_ >= 0 && ::bind(listener_, found->ai_addr, found->ai_addrlen) == 0 && ::listen(listener_, backlog) == 0;
  const int error = errno;
  ::freeaddrinfo(found);
  if (!bound) {
    return "cannot listen on " + options.host + ":" + service + ": " + std::strerror(error);
  }
  sockaddr_storage own{};
  socklen_t length = sizeof(own);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&own), &length);
  port_ = ntohs(own.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(own).sin6_port
                                          : reinterpret_cast<const sockaddr_in&>(own).sin_port);
  return {};
}

void gate::start(on_request receive) {
  receive_ = std::move(receive);
  poll_ = ::epoll_create1(EPOLL_CLOEXEC);
  stop_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  watch(poll_, listener_);
  watch(poll_, stop_);
  thread_ = std::thread{[this] { run(); }};
}

void gate::close() {
  if (thread_.joinable()) {
    const uint64_t one = 1;
    if (::write(stop_, &one, sizeof(one)) == sizeof(one)) thread_.join();
  }
  for (const auto& [socket, peer] : waiting_) ::close(socket);
  waiting_.clear();
  waiting_count_ = 0;
  for (int* descriptor : {&listener_, &poll_, &stop_}) {
    if (*descriptor >= 0) ::close(*descriptor);
    *descriptor = -1;
  }
}

void gate::run() {
  std::array<epoll_event, 64> events{};
  for (;;) {
    constexpr int tick_ms = 500;
    const int count = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), tick_ms);
    for (int i = 0; i < count; ++i) {
      const int ready = events.at(static_cast<size_t>(i)).data.fd;
      if (ready == stop_) return;
      if (ready == listener_) {
        accept_all();
      } else {
        advance(ready);
      }
    }
    drop_late();
  }
}

void gate::accept_all() {
  for (;;) {
    sockaddr_storage peer{};
    socklen_t length = sizeof(peer);
    const int socket = ::accept4(listener_, reinterpret_cast<sockaddr*>(&peer), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) {
      if (errno == EMFILE || errno == ENFILE) make_room({});
      return;
    }
    auto address = numeric_address(peer, length);
    make_room(address);
    waiting_[socket] = {
        std::move(address), {}, clock::now() + options_.request_timeout, tls_ ? tls_->accept(socket) : nullptr};
    waiting_count_ = waiting_.size();
    watch(poll_, socket);
  }
}

/// Cuts the oldest waiting connection of `address`, or of all, when there are too many.
void gate::make_room(const std::string& address) {
  const auto is_of_peer = [&](const auto& entry) { return entry.second.address == address; };
  const auto of_peer = static_cast<size_t>(std::count_if(waiting_.begin(), waiting_.end(), is_of_peer));
  const bool all = address.empty() || waiting_.size() >= options_.max_waiting;
  if (!all && of_peer < options_.max_waiting_per_peer) return;
  auto oldest = waiting_.end();
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (!all && !is_of_peer(*it)) continue;
    if (oldest == waiting_.end() || it->second.deadline < oldest->second.deadline) oldest = it;
  }
  if (oldest != waiting_.end()) drop(oldest->first);
}

void gate::advance(int socket) {
  const auto found = waiting_.find(socket);
  if (found == waiting_.end()) return;
  auto& peer = found->second;
  if (!peer.tls || peer.is_secure || shake_hands(socket, peer)) read(socket, peer);
}

/// Goes on with a handshake; true when it is done.
bool gate::shake_hands(int socket, waiting_peer& peer) {
  epoll_event event{};
  event.data.fd = socket;
  event.events = EPOLLIN;
  switch (peer.tls->handshake()) {
  case tls_session::progress::failed:
    drop(socket);
    return false;
  case tls_session::progress::done:
    peer.is_secure = true;
    break;
  case tls_session::progress::wants_output:
    event.events = EPOLLOUT;
    break;
  case tls_session::progress::wants_input:
    break;
  }
  ::epoll_ctl(poll_, EPOLL_CTL_MOD, socket, &event);
  return peer.is_secure;
}

void gate::read(int socket, waiting_peer& peer) {
  auto& received = peer.received;
  std::array<uint8_t, 16384> buffer{};
  for (;;) {
    const auto total = pdu_length(received);
    // A peer that has sent its request waits for the answer: never read past the request.
    const auto wanted = std::min(total == 0 ? pdu_head - received.size() : total - received.size(), buffer.size());
    const auto got = peer.tls ? peer.tls->read(buffer.data(), wanted) : ::recv(socket, buffer.data(), wanted, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return drop(socket);
    received.insert(received.end(), buffer.begin(), buffer.begin() + got);
    const auto length = pdu_length(received);
    if (received.front() != associate_rq || length > max_request) {
      if (!peer.tls) abort_connection(socket);
      return drop(socket);
    }
    if (length != 0 && received.size() == length) break;
  }
  ::epoll_ctl(poll_, EPOLL_CTL_DEL, socket, nullptr);
  requested_association request{socket, std::move(peer.address), std::move(received), std::move(peer.tls)};
  waiting_.erase(socket);
  waiting_count_ = waiting_.size();
  receive_(std::move(request));
}

void gate::drop(int socket) {
  ::close(socket);
  waiting_.erase(socket);
  waiting_count_ = waiting_.size();
}

void gate::drop_late() {
  const auto now = clock::now();
  std::vector<int> late;
  for (const auto& [socket, peer] : waiting_) {
    if (peer.deadline <= now) late.push_back(socket);
  }
  for (const int socket : late) drop(socket);
}

} // namespace noctis
