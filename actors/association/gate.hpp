#pragma once

#include "actors/association/tls.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace noctis {

/// A connection whose peer has sent a whole A-ASSOCIATE-RQ.
struct requested_association {
  int socket = -1; ///< the receiver closes it
  std::string address;
  std::vector<uint8_t> received;    ///< all bytes so far, beginning with the A-ASSOCIATE-RQ PDU
  std::shared_ptr<tls_session> tls; ///< nullptr: plain TCP
};

struct gate_options {
  std::string host;          ///< address to bind
  uint16_t port = 0;         ///< 0: any free one
  size_t max_waiting = 1024; ///< connections that have not sent their request yet
  size_t max_waiting_per_peer = 64;
  std::chrono::seconds request_timeout{10}; ///< the ARTIM timer (PS3.8 9.1.5), the TLS handshake included
  tls_options tls;                          ///< without a certificate: plain TCP
};

/// Accepts connections and waits, for any number of them at once on one thread, until their TLS handshake is done and
/// their A-ASSOCIATE-RQ is there: half-open and idle connections cost a descriptor each and delay nobody. What is not
/// an A-ASSOCIATE-RQ, or too long for one, is cut at once; of a peer that opens too many connections the oldest is.
class gate {
public:
  using on_request = std::function<void(requested_association)>;

  /// Binds; returns "" or why it cannot.
  std::string open(const gate_options& options);

  /// Starts the thread, which calls `receive` for each request.
  void start(on_request receive);

  /// Stops accepting, closes the waiting connections and joins the thread.
  void close();

  ~gate() { close(); }

  [[nodiscard]] uint16_t port() const { return port_; }
  [[nodiscard]] size_t waiting() const { return waiting_count_; }

private:
  using clock = std::chrono::steady_clock;
  struct waiting_peer {
    std::string address;
    std::vector<uint8_t> received;
    clock::time_point deadline;
    std::shared_ptr<tls_session> tls;
    bool is_secure = false; ///< the handshake is done
  };

  void run();
  void accept_all();
  void advance(int socket);
  bool shake_hands(int socket, waiting_peer& peer);
  void read(int socket, waiting_peer& peer);
  void drop(int socket);
  void drop_late();
  void make_room(const std::string& address);

  gate_options options_;
  std::unique_ptr<tls_server> tls_;
  on_request receive_;
  std::map<int, waiting_peer> waiting_;
  std::atomic<size_t> waiting_count_{0};
  std::thread thread_;
  int listener_ = -1;
  int poll_ = -1;
  int stop_ = -1;
  uint16_t port_ = 0;
};

} // namespace noctis
