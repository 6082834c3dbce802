#pragma once

#include "http/options.hpp"

#include <httplib.h>
#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// One client's socket, plain or TLS, under limits: how large the head of a request may be and how long it
/// may take, how long a body may stand still, and how slow it may be on the whole (1 KiB/s after a minute).
class connection final : public httplib::Stream {
public:
  using clock = std::chrono::steady_clock;

  /// Takes the socket over and closes it in the end. `tls` may be null.
  connection(int socket, SSL_CTX* tls, const http_options& options);
  ~connection() override;
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;

  /// Whether the TLS handshake came about; true without TLS.
  bool open();

  /// Whether bytes of a request are there within `wait`.
  bool await_request(std::chrono::milliseconds wait);

  /// From here on, what is read is the head of a request.
  void begin_head();

  /// From here on, what is read is a body of `length` bytes, or of unknown length where it is negative.
  void begin_body(int64_t length);

  /// Whether the next thing to read is a new request: nothing failed and the body was read to its end.
  [[nodiscard]] bool reusable() const { return !failed_ && head_done_ && body_left_ == 0; }

  /// Whether the head was larger than allowed.
  [[nodiscard]] bool head_too_large() const { return head_bytes_ > options_.max_head; }

  /// Ends the connection so that the client still reads the answer: what it sends is thrown away for a while.
  void close_gently();

  /// Says `answer` and ends, without ever waiting.
  void turn_away(const std::string& answer);

  /// The socket, to be polled.
  [[nodiscard]] int descriptor() const { return socket_; }

  /// Writes without waiting; returns how many bytes went out, 0 where none can now, -1 where none ever will.
  ssize_t write_some(const char* from, size_t size);

  /// Throws away what has arrived, without waiting. Returns false where the client is gone.
  bool discard_input();

  /// Makes all reading and writing fail from now on. May be called from any thread.
  void abort();

  [[nodiscard]] bool is_readable() const override { return true; }
  [[nodiscard]] bool is_writable() const override;
  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  using httplib::Stream::write;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  /// A number that httplib does not take for too large for select(), which is not used here.
  [[nodiscard]] socket_t socket() const override { return 0; }

private:
  bool wait_for(short events, clock::time_point deadline) const;
  bool wait_tls(int result, clock::time_point deadline) const;
  ssize_t receive(clock::time_point deadline);
  [[nodiscard]] clock::time_point read_deadline() const;

  const http_options& options_;
  int socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_;
  std::vector<char> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  bool failed_ = false;
  bool head_done_ = false;
  size_t head_bytes_ = 0;
  int64_t body_left_ = 0;
  uint64_t body_bytes_ = 0;
  clock::time_point started_;
};

} // namespace noctis
