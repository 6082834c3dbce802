#include "http/server/server.hpp"

#include "http/files/deflate.hpp"
#include "messages/errors.hpp"

#include <openssl/err.h>

#include <charconv>
#include <sys/socket.h>
#include <utility>

namespace noctis {

namespace {

constexpr size_t requests_per_connection = 1000;
constexpr int backlog = 512;
constexpr std::chrono::milliseconds slice{50};
constexpr std::chrono::milliseconds first_request_grace{500};

/// Who takes over the connection of the request that this thread serves.
thread_local http_server::heir taker;

/// Bytes of the body that follows the head of `request`; negative where only reading tells.
int64_t body_length(const httplib::Request& request) {
  if (request.has_header("Transfer-Encoding")) return -1;
  if (!request.has_header("Content-Length")) return 0;
  const auto text = request.get_header_value("Content-Length");
  int64_t length = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  return error == std::errc{} && end == text.data() + text.size() ? length : -1;
}

void replace_header(httplib::Request& request, const std::string& name, const std::string& value) {
  request.headers.erase(name);
  request.headers.emplace(name, value);
}

/// Takes from httplib what we do ourselves: ranges, and the parsing of forms (which media types' freedom of
/// case switches off). Of the codings that it would compress answers with only gzip is left: its Brotli takes longer
/// than what it saves.
void take_over(httplib::Request& request) {
  request.ranges.clear();
  const auto accepted = request.get_header_value("Accept-Encoding");
  const auto gzip = accepts_gzip(accepted);
  replace_header(request, accepted_codings, accepted);
  replace_header(request, "Accept-Encoding", gzip ? "gzip" : "identity");
  const auto type = request.get_header_value("Content-Type");
  if (type.rfind("multipart/form-data", 0) == 0) replace_header(request, "Content-Type", "Multipart" + type.substr(9));
}

} // namespace

http_server::http_server(http_options options, handler handle, refuser refuse)
    : options_(std::move(options)), handle_(std::move(handle)), refuse_(std::move(refuse)) {
  set_tcp_nodelay(true);
  set_payload_max_length(options_.max_upload);
  set_socket_options([](socket_t socket) {
    int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  });
  set_keep_alive_max_count(requests_per_connection);
  set_keep_alive_timeout(options_.keep_alive.count());
  new_task_queue = [this] { return pool_ = new thread_pool(options_.threads, options_.waiting); };
  set_up_routing();
}

http_server::~http_server() { stop(); }

void http_server::set_up_routing() {
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    const auto has_body =
        request.method == "POST" || request.method == "PUT" || request.method == "PATCH" || request.method == "DELETE";
    if (has_body) return HandlerResponse::Unhandled;
    handle_(request, response, nullptr);
    return HandlerResponse::Handled;
  });
  const HandlerWithContentReader with_body = [this](const auto& request, auto& response, const auto& reader) {
    const auto empty = body_length(request) == 0;
    handle_(request, response, empty ? nullptr : &reader);
  };
  const std::string everything = R"([\s\S]*)";
  Post(everything, with_body);
  Put(everything, with_body);
  Patch(everything, with_body);
  Delete(everything, with_body);
  const HandlerWithResponse on_error = [this](const httplib::Request& request, httplib::Response& response) {
    if (!response.body.empty() || response.content_provider_) return HandlerResponse::Unhandled;
    refuse_(request, response, response.status);
    return HandlerResponse::Handled;
  };
  set_error_handler(on_error);
}

caf::error http_server::load_certificate() {
  if (options_.certificate.empty()) return {};
  tls_.reset(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_min_proto_version(tls_.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(tls_.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(tls_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  const auto* certificate = options_.certificate.c_str();
  const auto* key = options_.private_key.c_str();
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(tls_.get(), certificate) == 1 &&
      SSL_CTX_use_PrivateKey_file(tls_.get(), key, SSL_FILETYPE_PEM) == 1 && SSL_CTX_check_private_key(tls_.get()) == 1)
    return {};
  const auto* reason = ERR_reason_error_string(ERR_peek_last_error());
  return failure(errc::invalid_argument, "certificate " + options_.certificate + " with key " + options_.private_key +
                                             ": " + (reason ? reason : "cannot be read"));
}

caf::error http_server::start() {
  if (auto error = load_certificate()) return error;
  const auto bound = options_.port == 0 ? bind_to_any_port(options_.host)
                                        : (bind_to_port(options_.host, options_.port) ? options_.port : -1);
  if (bound <= 0)
    return failure(errc::invalid_argument, "cannot listen for HTTP on " + options_.host + ":" +
                                               std::to_string(options_.port) + ": the address is taken or not ours");
  port_ = static_cast<uint16_t>(bound);
  ::listen(svr_sock_, backlog);
  listener_ = std::thread([this] { listen_after_bind(); });
  while (!is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return {};
}

void http_server::stop(const std::function<void()>& cut_off) {
  if (!listener_.joinable()) return;
  httplib::Server::stop();
  {
    std::unique_lock<std::mutex> lock(mutex_);
    gone_.wait_for(lock, options_.stop_grace, [this] { return clients_.empty(); });
    for (auto* client : clients_) client->abort();
  }
  if (cut_off) cut_off();
  listener_.join();
}

void http_server::hand_over(heir to) { taker = std::move(to); }

void http_server::forget(connection* client) {
  const std::lock_guard<std::mutex> lock(mutex_);
  clients_.erase(client);
  gone_.notify_all();
}

bool http_server::process_and_close_socket(socket_t socket) {
  auto client = std::make_unique<connection>(socket, tls_.get(), options_);
  if (thread_pool::refusing()) {
    if (!tls_)
      client->turn_away("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
                        "Connection: close\r\n\r\n");
    return false;
  }
  {
    std::lock_guard<std::mutex> lock(mutex_);
    clients_.insert(client.get());
  }
  if (svr_sock_ != INVALID_SOCKET && client->open()) serve(client);
  if (client) forget(client.get());
  return true;
}

void http_server::serve(std::unique_ptr<connection>& client) {
  for (size_t left = requests_per_connection; left > 0; --left) {
    if (!wait_for_request(*client, left == requests_per_connection)) return;
    client->begin_head();
    taker = nullptr;
    const auto again = serve_request(*client, left == 1);
    if (taker) {
      forget(client.get());
      return std::exchange(taker, nullptr)(std::move(client));
    }
    if (!client->reusable()) {
      client->close_gently();
      return;
    }
    if (!again) return;
  }
}

bool http_server::wait_for_request(connection& client, bool first) const {
  const auto start = connection::clock::now();
  for (;;) {
    if (svr_sock_ == INVALID_SOCKET) return false;
    if (client.await_request(slice)) return true;
    const auto waited = connection::clock::now() - start;
    const auto grace = first ? first_request_grace : std::chrono::milliseconds(0);
    if (waited > options_.keep_alive || (pool_->crowded() && waited > grace)) return false;
  }
}

bool http_server::serve_request(connection& client, bool last) {
  auto closed = false;
  const auto answered = process_request(client, last, closed, [&client](httplib::Request& request) {
    take_over(request);
    const auto length = body_length(request);
    client.begin_body(length);
    if (length < 0) replace_header(request, "Connection", "close");
  });
  return answered && !closed;
}

} // namespace noctis
