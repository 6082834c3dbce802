#include "tests/http/support.hpp"

#include <boost/test/unit_test.hpp>
#include <caf/scoped_actor.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace noctis;
using noctis::test::facade_fixture;
using noctis::test::part10;

namespace {

/// A connection that says exactly what it is told.
class raw_client {
public:
  explicit raw_client(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_REQUIRE(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  }
  ~raw_client() { close(socket_); }
  raw_client(const raw_client&) = delete;
  raw_client& operator=(const raw_client&) = delete;

  void say(const std::string& text) { (void)!send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }

  /// Everything that comes until the server closes or 3 s have passed without a byte.
  std::string hear() {
    std::string text;
    char buffer[4096];
    pollfd item{socket_, POLLIN, 0};
    while (poll(&item, 1, 3000) > 0) {
      const auto got = recv(socket_, buffer, sizeof(buffer), 0);
      if (got <= 0) {
        closed = true;
        break;
      }
      text.append(buffer, static_cast<size_t>(got));
    }
    return text;
  }

  bool closed = false;

private:
  int socket_;
};

/// A self-signed certificate and its key, in files that go with this object.
struct certificate_files {
  certificate_files() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), pair.get());
    X509_sign(made.get(), pair.get(), EVP_sha256());
    write(certificate, [&](FILE* file) { PEM_write_X509(file, made.get()); });
    write(key, [&](FILE* file) { PEM_write_PrivateKey(file, pair.get(), nullptr, nullptr, 0, nullptr, nullptr); });
  }
  ~certificate_files() {
    std::remove(certificate.c_str());
    std::remove(key.c_str());
  }
  certificate_files(const certificate_files&) = delete;
  certificate_files& operator=(const certificate_files&) = delete;

  const std::string certificate = "http_test_" + std::to_string(getpid()) + "_certificate.pem";
  const std::string key = "http_test_" + std::to_string(getpid()) + "_key.pem";

private:
  template <class Put>
  static void write(const std::string& path, Put put) {
    const std::unique_ptr<FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "w"), std::fclose);
    put(file.get());
  }
};

std::string ask(uint16_t port, const std::string& text) {
  raw_client client(port);
  client.say(text);
  return client.hear();
}

struct impatient : facade_fixture {
  static http_options options() {
    auto result = default_options();
    result.threads = 4;
    result.waiting = 4;
    result.head_timeout = std::chrono::seconds(1);
    result.idle_timeout = std::chrono::seconds(1);
    result.keep_alive = std::chrono::seconds(1);
    return result;
  }
  impatient() : facade_fixture(options()) {}
};

size_t count(const std::string& text, const std::string& what) {
  size_t result = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++result;
  return result;
}

/// Opens an event stream, has something happen, and waits until it is told.
template <class Client>
void listen_for_an_event(Client& http, test::world& known) {
  std::string heard;
  const auto answer = http.Get("/api/events/", [&](const char* bytes, size_t size) {
    heard.append(bytes, size);
    const std::lock_guard<std::mutex> lock(known.mutex);
    if (known.events.empty() && heard.find("\nid: 0-0\n\n") != std::string::npos)
      known.events.push_back({"5-1", "instance.stored", 1, R"({"study_id":1})"});
    return heard.find("id: 5-1\nevent: instance.stored\ndata: {\"study_id\":1}\n\n") == std::string::npos;
  });
  BOOST_TEST(!answer, "the client ends it, not the server");
  BOOST_TEST(heard.find("instance.stored") != std::string::npos);
  std::string resumed;
  http.Get("/api/events/", {{"Last-Event-ID", "1-1"}}, [&](const char* bytes, size_t size) {
    resumed.append(bytes, size);
    return resumed.find("5-1\n\n") == std::string::npos;
  });
  BOOST_TEST(resumed.find("event: instance.stored") != std::string::npos);
}

} // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_FIXTURE_TEST_CASE(event_streams_leave_the_threads_to_others, facade_fixture) {
  auto http = user();
  listen_for_an_event(http, *known);
  const auto head = http.Head("/api/events/");
  BOOST_TEST(head->status == 200);
  BOOST_TEST(head->get_header_value("Content-Type") == "text/event-stream");
  BOOST_TEST(http.Get("/api/events/?unknown=1")->status == 400);
  BOOST_TEST(client().Get("/api/events/")->status == 401);
}

BOOST_FIXTURE_TEST_CASE(garbage_gets_a_problem_and_the_end, impatient) {
  const auto answer = ask(port, "GARBAGE\r\n\r\n");
  BOOST_TEST(answer.find("HTTP/1.1 400") == 0u, answer);
  BOOST_TEST(answer.find("application/problem+json") != std::string::npos);
  BOOST_TEST(ask(port, "GET /health/live/ HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n").find("HTTP/1.1 400") == 0u);
  BOOST_TEST(ask(port, "GET /health/live/ HTTP/1.1\r\n\r\n").find("HTTP/1.1 400") == 0u);
  BOOST_TEST(ask(port, std::string("\0\xFF\x16\x03\x01", 5)).find("HTTP/1.1 200") == std::string::npos);
  BOOST_TEST(client().Get("/health/live/")->status == 200);
}

BOOST_FIXTURE_TEST_CASE(heads_are_bounded_in_size, impatient) {
  const std::string start = "GET /health/live/ HTTP/1.1\r\nHost: localhost\r\n";
  std::string many = start;
  for (int i = 0; i < 2000; ++i) many += "X-" + std::to_string(i) + ": some text\r\n";
  BOOST_TEST(ask(port, many + "\r\n").find("HTTP/1.1 200") == std::string::npos);
  BOOST_TEST(ask(port, start + "X: " + std::string(1000000, 'x') + "\r\n\r\n").find("HTTP/1.1 200") ==
             std::string::npos);
  BOOST_TEST(
      ask(port, "GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n").find("HTTP/1.1 414") == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_body_that_nobody_read_is_no_request, impatient) {
  const std::string inner = "GET /health/live/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const auto length = "Content-Length: " + std::to_string(inner.size()) + "\r\n";
  const auto unread = ask(port, "POST /nowhere HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n" + inner);
  BOOST_TEST(count(unread, "HTTP/1.1 ") == 1u, unread);
  const auto on_get = ask(port, "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n" + inner);
  BOOST_TEST(count(on_get, "HTTP/1.1 ") == 1u, on_get);
  const auto both = ask(port, "POST /api/auth/token/ HTTP/1.1\r\nHost: localhost\r\n" + length +
                                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner);
  BOOST_TEST(count(both, "HTTP/1.1 ") == 1u, both);
  BOOST_TEST(both.find("HTTP/1.1 400") == 0u);
  const auto negative = ask(port, "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n" + inner);
  BOOST_TEST(count(negative, "HTTP/1.1 ") == 1u, negative);
}

BOOST_FIXTURE_TEST_CASE(requests_follow_each_other_on_a_connection, impatient) {
  const std::string one = "GET /health/live/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const auto login = std::string(R"({"username":"ada","password":"right"})");
  const auto post =
      "POST /api/auth/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(login.size()) + "\r\n\r\n" + login;
  BOOST_TEST(count(ask(port, one + post + one + one), "HTTP/1.1 200") == 4u);
}

BOOST_FIXTURE_TEST_CASE(slow_clients_are_let_go_and_others_served, impatient) {
  std::vector<std::unique_ptr<raw_client>> slow;
  for (int i = 0; i < 3; ++i) {
    slow.push_back(std::make_unique<raw_client>(port));
    slow.back()->say("GET /health/live/ HTTP/1.1\r\nHos");
  }
  BOOST_TEST(client().Get("/health/live/")->status == 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  slow[0]->say("t: localh");
  (void)slow[0]->hear();
  BOOST_TEST(slow[0]->closed, "a head has a deadline, however it trickles");
  raw_client body(port);
  body.say("POST /api/auth/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
           "50\r\n\r\n{");
  BOOST_TEST(body.hear().find("HTTP/1.1 400") == 0u);
  BOOST_TEST(body.closed);
}

BOOST_FIXTURE_TEST_CASE(idle_connections_make_room, impatient) {
  std::vector<std::unique_ptr<raw_client>> idle;
  for (int i = 0; i < 8; ++i) {
    idle.push_back(std::make_unique<raw_client>(port));
    idle.back()->say("GET /health/live/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  for (auto& one : idle) BOOST_TEST(one->hear().find("HTTP/1.1 200") == 0u);
}

BOOST_FIXTURE_TEST_CASE(too_many_connections_are_told_so, impatient) {
  std::vector<std::unique_ptr<raw_client>> silent;
  for (int i = 0; i < 8; ++i) {
    silent.push_back(std::make_unique<raw_client>(port));
    silent.back()->say("GET /");
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  BOOST_TEST(ask(port, "").find("HTTP/1.1 503") == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_port_that_is_taken_is_an_error, facade_fixture) {
  auto options = default_options();
  options.port = port;
  const auto second = spawn_facade(system(), options, {});
  BOOST_REQUIRE(!second);
  BOOST_TEST(reason_of(second.error()).find(std::to_string(port)) != std::string::npos);
  options.certificate = "/nonexistent.pem";
  BOOST_TEST(!spawn_facade(system(), options, {}));
  options.private_key = "/nonexistent.pem";
  BOOST_TEST(!spawn_facade(system(), options, {}));
}

BOOST_FIXTURE_TEST_CASE(it_stops_promptly_under_open_connections, facade_fixture) {
  add_image(1, part10(size_t{50} << 20));
  const auto token = access_token();
  raw_client idle(port);
  raw_client head(port);
  head.say("GET /health/");
  raw_client download(port);
  download.say("GET /dicom/api/images/1/file/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
               "\r\n\r\n");
  known->silent_index = true;
  raw_client waiting(port);
  waiting.say("GET /api/studies/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n");
  raw_client uploading(port);
  uploading.say("POST /dicom/api/upload/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
                "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999\r\n\r\n--b\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const auto start = std::chrono::steady_clock::now();
  caf::scoped_actor self(system());
  self->send_exit(facade, caf::exit_reason::user_shutdown);
  self->wait_for(facade);
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(2)));
  BOOST_TEST(!client().Get("/health/live/"));
}

BOOST_AUTO_TEST_CASE(tls_is_served_from_version_1_2_on) {
  const certificate_files files;
  auto options = facade_fixture::default_options();
  options.certificate = files.certificate;
  options.private_key = files.key;
  facade_fixture secure(options);
  secure.add_image(1, part10(3000000));
  httplib::SSLClient http("127.0.0.1", secure.port);
  http.enable_server_certificate_verification(false);
  const auto login = http.Post("/api/auth/token/", R"({"username":"ada","password":"right"})", "application/json");
  BOOST_REQUIRE(login);
  BOOST_TEST(login->get_header_value("Strict-Transport-Security") == "max-age=31536000");
  http.set_bearer_token_auth(facade_fixture::json(login)["access"].GetString());
  BOOST_TEST((http.Get("/dicom/api/images/1/file/")->body == part10(3000000)));
  listen_for_an_event(http, *secure.known);
  const auto list = facade_fixture::json(http.Get("/api/studies/"));
  BOOST_TEST(std::string(list["next"].GetString()).find("https://") == 0u);
  SSL_CTX_set_max_proto_version(http.ssl_context(), TLS1_1_VERSION);
  SSL_CTX_set_security_level(http.ssl_context(), 0);
  http.stop();
  BOOST_TEST(!http.Get("/health/live/"));
  BOOST_TEST(!secure.client().Get("/health/live/"), "no plain HTTP on the same port");
}

BOOST_AUTO_TEST_SUITE_END()
