#include "actors/association/connection.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace noctis {

namespace {

// Enough for a PDU's head and a command; the bodies of large PDUs are read straight to their place.
constexpr size_t read_ahead = 4096;
constexpr int socket_buffer = 1 << 20;
constexpr int stop_grace_ms = 5000;

void acknowledge_at_once(int socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof(yes));
}

} // namespace

dicom_connection::dicom_connection(int socket, std::vector<uint8_t> received, int stop)
    : DcmTCPConnection(socket), buffer_(std::move(received)), end_(buffer_.size()), stop_(stop) {
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) & ~O_NONBLOCK);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &socket_buffer, sizeof(socket_buffer));
}

ssize_t dicom_connection::receive(void* buffer, size_t size) {
  for (;;) {
    const auto got = ::recv(getSocket(), buffer, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got > 0) acknowledge_at_once(getSocket());
    return got;
  }
}

ssize_t dicom_connection::read(void* buffer, size_t size) {
  ssize_t count = 0;
  if (begin_ == end_ && size >= read_ahead) {
    count = receive(buffer, size);
  } else {
    if (begin_ == end_) {
      buffer_.resize(read_ahead);
      const auto got = receive(buffer_.data(), read_ahead);
      if (got <= 0) return got;
      begin_ = 0;
      end_ = static_cast<size_t>(got);
    }
    count = static_cast<ssize_t>(std::min(size, end_ - begin_));
    std::memcpy(buffer, buffer_.data() + begin_, static_cast<size_t>(count));
    begin_ += static_cast<size_t>(count);
  }
  if (allowance_ == 0 || count <= 0) return count;
  if (static_cast<uint64_t>(count) >= allowance_) {
    errno = EMSGSIZE;
    return -1;
  }
  allowance_ -= static_cast<uint64_t>(count);
  return count;
}

ssize_t dicom_connection::write(void* buffer, size_t size) {
  constexpr size_t pdu_head = 6;
  const auto* bytes = static_cast<const uint8_t*>(buffer);
  if (pdu_left_ == 0 && size >= pdu_head) {
    pdu_left_ = pdu_head + ((uint64_t{bytes[2]} << 24) | (uint64_t{bytes[3]} << 16) | (uint64_t{bytes[4]} << 8) |
                            uint64_t{bytes[5]});
  }
  const int more = pdu_left_ > size ? MSG_MORE : 0;
  const auto sent = ::send(getSocket(), buffer, size, MSG_NOSIGNAL | more);
  if (sent > 0) pdu_left_ -= std::min<uint64_t>(pdu_left_, static_cast<uint64_t>(sent));
  return sent;
}

dicom_connection::readiness dicom_connection::wait(int timeout_ms, bool heed_stop) {
  using clock = std::chrono::steady_clock;
  auto deadline = clock::now() + std::chrono::milliseconds{timeout_ms};
  bool stopping = false;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now()).count();
    if (left < 0) return stopping ? readiness::stopping : readiness::timeout;
    pollfd watched[] = {{getSocket(), POLLIN, 0}, {stop_, POLLIN, 0}};
    const int ready = ::poll(watched, stopping ? 1 : 2, static_cast<int>(left));
    if (ready < 0 && errno != EINTR) return readiness::timeout;
    if (ready == 0) return stopping ? readiness::stopping : readiness::timeout;
    if (watched[0].revents != 0) return readiness::data;
    if (!stopping && watched[1].revents != 0) {
      if (heed_stop) return readiness::stopping;
      // A message under way may still end.
      stopping = true;
      deadline = std::min(deadline, clock::now() + std::chrono::milliseconds{stop_grace_ms});
    }
  }
}

OFBool dicom_connection::networkDataAvailable(int timeout_s) {
  return begin_ != end_ || wait(std::max(timeout_s, 0) * 1000, false) == readiness::data ? OFTrue : OFFalse;
}

bool dicom_connection::wait_for_message(int timeout_s) {
  return begin_ != end_ || wait(timeout_s * 1000, true) == readiness::data;
}

bool dicom_connection::is_stopping() const {
  pollfd watched{stop_, POLLIN, 0};
  return ::poll(&watched, 1, 0) > 0;
}

DcmTransportConnection* transport::createConnection(DcmNativeSocketType socket, OFBool use_secure_layer) {
  if (use_secure_layer || !next_ || next_->socket != socket) return nullptr;
  last_ = new dicom_connection{socket, next_->received, stop_};
  next_ = nullptr;
  return last_;
}

} // namespace noctis
