#include "actors/association/tls.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

namespace noctis {

namespace {

std::string last_error() {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  ERR_clear_error();
  return text.data();
}

int bounded(size_t size) { return static_cast<int>(std::min<size_t>(size, INT_MAX)); }

} // namespace

tls_session::tls_session(SSL_CTX* context, int socket) : ssl_(SSL_new(context), SSL_free) {
  if (!ssl_) return;
  SSL_set_fd(ssl_.get(), socket);
  SSL_set_accept_state(ssl_.get());
}

tls_session::progress tls_session::handshake() {
  if (!ssl_) return progress::failed;
  ERR_clear_error();
  const int returned = SSL_do_handshake(ssl_.get());
  if (returned == 1) return progress::done;
  switch (SSL_get_error(ssl_.get(), returned)) {
  case SSL_ERROR_WANT_READ:
    return progress::wants_input;
  case SSL_ERROR_WANT_WRITE:
    return progress::wants_output;
  default:
    ERR_clear_error();
    return progress::failed;
  }
}

ssize_t tls_session::result_of(int returned) {
  if (returned > 0) return returned;
  switch (SSL_get_error(ssl_.get(), returned)) {
  case SSL_ERROR_WANT_READ:
  case SSL_ERROR_WANT_WRITE:
    errno = EAGAIN;
    return -1;
  case SSL_ERROR_ZERO_RETURN:
    return 0;
  default:
    ERR_clear_error();
    errno = ECONNRESET;
    return -1;
  }
}

ssize_t tls_session::read(void* buffer, size_t size) {
  ERR_clear_error();
  return result_of(SSL_read(ssl_.get(), buffer, bounded(size)));
}

ssize_t tls_session::write(const void* buffer, size_t size) {
  ERR_clear_error();
  return result_of(SSL_write(ssl_.get(), buffer, bounded(size)));
}

void tls_session::end() {
  ERR_clear_error();
  if (SSL_is_init_finished(ssl_.get()) == 1) SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

std::string tls_server::open(const tls_options& options) {
  context_.reset(SSL_CTX_new(TLS_server_method()));
  auto* context = context_.get();
  if (!context) return "no TLS: " + last_error();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20");
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (SSL_CTX_use_certificate_chain_file(context, options.certificate.c_str()) != 1)
    return "no certificate in " + options.certificate + ": " + last_error();
  if (SSL_CTX_use_PrivateKey_file(context, options.private_key.c_str(), SSL_FILETYPE_PEM) != 1)
    return "no private key of the certificate in " + options.private_key + ": " + last_error();
  if (options.client_ca.empty()) return {};
  if (SSL_CTX_load_verify_locations(context, options.client_ca.c_str(), nullptr) != 1)
    return "no certificates in " + options.client_ca + ": " + last_error();
  SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(options.client_ca.c_str()));
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return {};
}

std::shared_ptr<tls_session> tls_server::accept(int socket) const {
  return std::make_shared<tls_session>(context_.get(), socket);
}

} // namespace noctis
