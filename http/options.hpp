#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace noctis {

/// How the facade serves. Sizes are bytes.
struct http_options {
  std::string host = "127.0.0.1";
  uint16_t port = 8000; ///< 0: one that is free
  bool local_mode = true;
  std::vector<std::string> allowed_hosts;   ///< names in the Host header; "*" allows all, ".x.y" all below x.y
  std::vector<std::string> trusted_proxies; ///< addresses whose X-Forwarded-… headers count
  std::string certificate;                  ///< PEM file with its chain; with `private_key`: TLS from version 1.2 on
  std::string private_key;                  ///< PEM file

  std::string secret_key; ///< signs the tokens
  std::chrono::seconds access_lifetime{15 * 60};
  std::chrono::seconds session_idle_timeout{30 * 60}; ///< of a browser's session: how long without a user's request
  int64_t login_limit = 10; ///< attempts per window of one user from one address; of one address three times,
                            ///< on one user from anywhere ten times as many
  std::chrono::seconds login_window{60};

  std::string web_root; ///< directory of the web application's pages and assets; "": there are none

  uint64_t max_upload = uint64_t{16} << 30;
  uint64_t max_unpacked = uint64_t{64} << 30; ///< all entries of one ZIP together

  size_t threads = 64;          ///< connections served at once
  size_t waiting = 512;         ///< connections that may wait for a thread; more are answered 503
  size_t max_head = 32u << 10u; ///< request line and headers
  std::chrono::seconds head_timeout{10};
  std::chrono::seconds idle_timeout{30};      ///< without a byte inside a body, either way
  std::chrono::seconds keep_alive{5};         ///< between two requests of a connection, less while others wait
  std::chrono::milliseconds stop_grace{1500}; ///< for requests under way when the facade stops

  std::string version;   ///< of the product, shown by health and status
  std::string scp_host;  ///< shown by the system status
  uint16_t scp_port = 0; ///< shown by the system status
  std::string ae_title;  ///< shown by the system status

  std::function<void(const std::string&)> log; ///< takes one line on each failure that is ours
};

} // namespace noctis
