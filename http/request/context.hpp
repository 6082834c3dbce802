#pragma once

#include "http/application.hpp"
#include "http/representation/json.hpp"
#include "http/request/problem.hpp"

#include <httplib.h>
#include <rapidjson/document.h>

#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// One request on its way to its answer.
class context {
public:
  /// `body` is null where the request has none.
  context(application& app, const httplib::Request& request, httplib::Response& response,
          const httplib::ContentReader* body);

  application& app;
  const httplib::Request& request;
  httplib::Response& response;
  const httplib::ContentReader* body;

  std::string request_id;
  std::string address; ///< of the client, behind trusted proxies
  std::string scheme;  ///< http or https, as the client sees it
  principal who;       ///< nobody until `log_in`
  user_profile user;
  std::string session;
  int64_t session_expires = 0;       ///< of a browser's session: s since the epoch
  const route* declared = nullptr;   ///< what the request led to
  std::vector<std::string> segments; ///< what stands in the pattern's brackets
  std::shared_ptr<gateway> actors;   ///< shared with a body that is written after the handler

  /// The name of the cookie that stands for a browser's session.
  static constexpr auto session_cookie = "noctis_session";

  /// Finds out who asks, by bearer token or by cookie. Throws `refusal`: 401 where nobody valid does, 403 where a
  /// request with a cookie would change something and does not show the session's CSRF token.
  void log_in();

  /// Throws `refusal` (403) when the principal lacks a permission.
  void need(permission what) const;

  /// The object that the first bracketed segment names. Throws `refusal` (404) where it cannot name one.
  [[nodiscard]] object_key key() const;

  /// The number in the first bracketed segment. Throws `refusal` (404).
  [[nodiscard]] int64_t number() const;

  /// The body as a JSON object of at most `most` bytes that fits the schema which the route declares; where the route
  /// may do without a body and there is none, an empty object. Throws `refusal`.
  rapidjson::Document json_body(size_t most = size_t{64} << 10);

  /// The body, at most `most` bytes; "" where there is none. Throws `refusal` (413, 400).
  std::string body_text(size_t most = size_t{64} << 10);

  void send_json(int status, std::string document);
  void send(const problem& what);

  /// An absolute URL of this request's path with another query.
  [[nodiscard]] std::string url_with(const std::string& query) const;

private:
  [[nodiscard]] token_claims claims_of_request() const;
  void check_csrf(const std::string& of_session) const;
  void check_body(const rapidjson::Document& object) const;
};

/// The text of a field, "" where it is not there. For bodies that were held against their schema.
std::string field_text(const rapidjson::Value& object, const char* field);

/// Returns the client's own request id when it is 1 … 64 letters, digits, ".", "_", "-"; else a new one.
std::string request_id_of(const httplib::Request& request);

} // namespace noctis
