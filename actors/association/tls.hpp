#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <sys/types.h>

namespace noctis {

/// Paths of PEM files. Without a certificate there is no TLS.
struct tls_options {
  std::string certificate; ///< with the chain that leads to a root
  std::string private_key;
  std::string client_ca; ///< whom peers must have a certificate of; "": they need none
};

/// The server's side of one TLS connection over a socket that does not block. It owns no socket.
class tls_session {
public:
  tls_session(SSL_CTX* context, int socket);

  enum class progress : uint8_t { done, wants_input, wants_output, failed };

  /// Goes on with the handshake as far as what has arrived allows.
  progress handshake();

  /// Like recv(2) and send(2): -1 with EAGAIN when the socket has to be waited for.
  ssize_t read(void* buffer, size_t size);
  ssize_t write(const void* buffer, size_t size);

  /// Whether bytes have been decrypted that nobody has read.
  [[nodiscard]] bool has_pending() const { return SSL_pending(ssl_.get()) > 0; }

  /// Tells the peer that no more comes.
  void end();

private:
  ssize_t result_of(int returned);

  std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
};

/// What all TLS connections of a listener share. It asks for the BCP 195 profile of PS3.15 B.9: TLS 1.2 or 1.3, forward
/// secrecy, authenticated encryption.
class tls_server {
public:
  /// Returns "" or why the certificate, key or CA cannot be used.
  std::string open(const tls_options& options);

  [[nodiscard]] std::shared_ptr<tls_session> accept(int socket) const;

private:
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_{nullptr, SSL_CTX_free};
};

} // namespace noctis
