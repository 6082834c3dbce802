#include "http/request/context.hpp"

#include "http/representation/time_text.hpp"

#include <rapidjson/error/en.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <ctime>
#include <random>

namespace noctis {

namespace {

constexpr size_t longest_uid = 64;
constexpr size_t longest_id = 18; // digits, so that it fits 64 bits

bool all_of(const std::string& text, const char* extra) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](unsigned char c) {
    return std::isdigit(c) != 0 || (c != 0 && std::char_traits<char>::find(extra, std::char_traits<char>::length(extra),
                                                                           static_cast<char>(c)) != nullptr);
  });
}

bool trusted(const http_options& options, const std::string& address) {
  const auto& proxies = options.trusted_proxies;
  return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
}

/// The last address of X-Forwarded-For that is not a proxy of ours.
std::string forwarded_for(const http_options& options, const httplib::Request& request) {
  auto list = request.get_header_value("X-Forwarded-For");
  auto address = request.remote_addr;
  while (!list.empty() && trusted(options, address)) {
    const auto comma = list.rfind(',');
    auto last = comma == std::string::npos ? list : list.substr(comma + 1);
    list.resize(comma == std::string::npos ? 0 : comma);
    last.erase(std::remove(last.begin(), last.end(), ' '), last.end());
    if (last.empty() || last.size() > 45 || !all_of(last, "abcdefABCDEF.:")) break;
    address = last;
  }
  return address;
}

refusal not_authenticated() {
  return {errc::unauthenticated, "Authentication credentials were not provided or are not valid."};
}

} // namespace

std::string request_id_of(const httplib::Request& request) {
  auto given = request.get_header_value("X-Request-Id");
  const auto sane =
      !given.empty() && given.size() <= 64 && std::all_of(given.begin(), given.end(), [](unsigned char c) {
        return (std::isalnum(c) != 0 && c < 0x80) || c == '.' || c == '_' || c == '-';
      });
  if (sane) return given;
  static thread_local std::mt19937_64 random{std::random_device{}()};
  constexpr auto digits = "0123456789abcdef";
  auto bits = random();
  std::string id;
  for (int i = 0; i < 16; ++i, bits >>= 4u) id += digits[bits & 15u];
  return id;
}

context::context(application& a, const httplib::Request& req, httplib::Response& res, const httplib::ContentReader* b)
    : app(a), request(req), response(res), body(b), request_id(request_id_of(req)),
      address(forwarded_for(a.options, req)), scheme(a.options.certificate.empty() ? "http" : "https"),
      actors(std::make_shared<gateway>(a.system, a.directory, a.open)) {
  if (trusted(a.options, req.remote_addr) && req.get_header_value("X-Forwarded-Proto") == "https") scheme = "https";
  who.address = address;
  who.request_id = request_id;
}

token_claims context::claims_of_request() const {
  const auto by_cookie = !request.has_header("Authorization");
  const auto token = by_cookie ? cookie_value(request.get_header_value("Cookie"), session_cookie)
                               : bearer_token(request.get_header_value("Authorization"));
  const auto kind = by_cookie ? token_claims::kind::browser : token_claims::kind::access;
  auto claims = app.tokens.verify(token, kind, std::time(nullptr));
  if (!claims) throw not_authenticated();
  return std::move(*claims);
}

void context::check_csrf(const std::string& of_session) const {
  const auto& method = request.method;
  if (method == "GET" || method == "HEAD" || method == "OPTIONS") return;
  if (!same_secret(request.get_header_value("X-CSRF-Token"), app.tokens.csrf_token(of_session)))
    throw refusal(problem_of(403, "This needs the session's token in the header X-CSRF-Token."));
}

void context::log_in() {
  const auto claims = claims_of_request();
  const auto is_browser = claims.what == token_claims::kind::browser;
  if (is_browser) check_csrf(claims.session);
  const auto background =
      (declared != nullptr && declared->in_background) || request.get_header_value("X-Background") == "1";
  try {
    auto known = actors->accounts<authenticated>(authenticate_request{claims.session, address, request_id, background});
    who = std::move(known.who);
    user = std::move(known.user);
  } catch (const actor_failure& e) {
    const auto code = code_of(e.error());
    if (code == errc::unauthenticated || code == errc::not_found || code == errc::permission_denied)
      throw not_authenticated();
    throw;
  }
  session = claims.session;
  if (is_browser) session_expires = claims.expires;
  who.address = address;
  who.request_id = request_id;
}

void context::need(permission what) const {
  if (who.may(what)) return;
  const auto& names = permission_names();
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == what; });
  throw refusal(errc::permission_denied, "This needs the permission " + found->second + ".");
}

object_key context::key() const {
  const auto& text = segments.front();
  if (text.size() <= longest_id && all_of(text, "")) return {number(), ""};
  if (text.size() <= longest_uid && all_of(text, ".")) return {0, text};
  throw refusal(errc::not_found, "Nothing has such an identifier: it is neither a number nor a DICOM UID.");
}

int64_t context::number() const {
  const auto& text = segments.front();
  int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id <= 0)
    throw refusal(errc::not_found, "Nothing has such an identifier.");
  return id;
}

std::string context::body_text(size_t most) {
  std::string text;
  auto too_large = false;
  if (body == nullptr) return text;
  const auto whole = (*body)([&](const char* data, size_t size) {
    too_large = text.size() + size > most;
    if (!too_large) text.append(data, size);
    return !too_large;
  });
  if (too_large) throw refusal(problem_of(413, "The body is larger than " + std::to_string(most) + " bytes."));
  if (!whole) throw refusal(problem_of(400, "The body ended before its time."));
  return text;
}

void context::check_body(const rapidjson::Document& object) const {
  if (declared->body_schema.empty()) return;
  auto errors = app.schemas.check(declared->body_schema, object);
  if (!errors.empty()) throw refusal(problem_of(std::move(errors)));
}

rapidjson::Document context::json_body(size_t most) {
  rapidjson::Document document;
  if (body == nullptr) {
    document.SetObject();
    if (declared->body_required) check_body(document);
    return document;
  }
  const auto type = request.get_header_value("Content-Type");
  if (type.rfind("application/json", 0) != 0) throw refusal(problem_of(415, "The body must be application/json."));
  const auto text = body_text(most);
  constexpr auto flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  document.Parse<flags>(text.data(), text.size());
  if (document.HasParseError())
    throw refusal(errc::invalid_argument, "Invalid JSON at byte " + std::to_string(document.GetErrorOffset()) + ": " +
                                              rapidjson::GetParseError_En(document.GetParseError()));
  if (!document.IsObject()) throw refusal(errc::invalid_argument, "The body must be a JSON object.");
  check_body(document);
  return document;
}

void context::send_json(int status, std::string document) {
  response.status = status;
  response.set_content(document, "application/json");
}

void context::send(const problem& what) {
  response.content_provider_ = nullptr;
  response.content_length_ = 0;
  response.status = what.status;
  response.headers.erase("Content-Type");
  for (const auto& [name, value] : what.headers) response.set_header(name, value);
  response.set_content(to_json(what, request_id), "application/problem+json");
}

std::string context::url_with(const std::string& query) const {
  return scheme + "://" + request.get_header_value("Host") + request.path + "?" + query;
}

std::string field_text(const rapidjson::Value& object, const char* field) {
  const auto member = object.FindMember(field);
  if (member == object.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

} // namespace noctis
