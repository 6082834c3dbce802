#pragma once

#include "http/options.hpp"
#include "http/server/connection.hpp"
#include "http/server/thread_pool.hpp"

#include <caf/error.hpp>
#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace noctis {

/// The header of a request in which the codings stand that the client accepts (RFC 9110 12.5.3); Accept-Encoding itself
/// says what httplib may compress with.
inline constexpr auto accepted_codings = "Noctis-Accept-Encoding";

/// An HTTP/1.1 server on httplib's protocol code, with connections, threads and limits of our own.
/// Every request goes to one handler; its body is read only through the reader that comes with it.
class http_server final : private httplib::Server {
public:
  /// `body` is null for requests that have none.
  using handler = std::function<void(const httplib::Request& request, httplib::Response& response,
                                     const httplib::ContentReader* body)>;
  /// Fills the answer to a request that httplib itself refused with `status`.
  using refuser = std::function<void(const httplib::Request& request, httplib::Response& response, int status)>;

  /// Takes a connection over, after an answer.
  using heir = std::function<void(std::unique_ptr<connection> client)>;

  http_server(http_options options, handler handle, refuser refuse);
  ~http_server() override;
  http_server(const http_server&) = delete;
  http_server& operator=(const http_server&) = delete;

  /// Binds the address and starts to listen on a thread of its own; fails when the certificate cannot be read
  /// or the address is taken.
  caf::error start();

  /// The port that it listens on.
  [[nodiscard]] uint16_t port() const { return port_; }

  /// Takes no new connections, waits for `stop_grace` for requests under way and cuts the rest off: their
  /// connections fail, and `cut_off` makes what their handlers wait for fail.
  void stop(const std::function<void()>& cut_off = {});

  /// Called by a handler: the connection is to be another's as soon as the answer has been written.
  static void hand_over(heir to);

private:
  bool process_and_close_socket(socket_t socket) override;
  void serve(std::unique_ptr<connection>& client);
  void forget(connection* client);
  bool serve_request(connection& client, bool last);
  bool wait_for_request(connection& client, bool first) const;
  void set_up_routing();
  caf::error load_certificate();

  http_options options_;
  handler handle_;
  refuser refuse_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls_{nullptr, SSL_CTX_free};
  thread_pool* pool_ = nullptr; ///< owned by the listening loop
  uint16_t port_ = 0;
  std::thread listener_;
  std::mutex mutex_;
  std::condition_variable gone_;
  std::unordered_set<connection*> clients_;
};

} // namespace noctis
