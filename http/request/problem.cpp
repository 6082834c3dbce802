#include "http/request/problem.hpp"

#include "http/representation/json.hpp"

namespace noctis {

namespace {

/// What a client is told where the cause is none of its business, or nullptr.
const char* veiled(errc code) {
  switch (code) {
  case errc::internal:
    return "An internal error occurred.";
  case errc::database_failure:
    return "The index could not answer.";
  case errc::storage_failure:
    return "The store could not answer.";
  case errc::index_unavailable:
    return "The index cannot be reached at the moment.";
  case errc::storage_unavailable:
    return "The store cannot be reached at the moment.";
  case errc::cache_unavailable:
    return "The cache cannot be reached at the moment.";
  case errc::timeout:
    return "A part of the system did not answer in time.";
  case errc::shutting_down:
    return "A part of the system is restarting.";
  case errc::in_doubt:
    return "It is not known whether the change was made; ask again.";
  default:
    return nullptr;
  }
}

} // namespace

refusal::refusal(errc code, std::string detail) : what_(problem_of(code, std::move(detail))) {}

std::string status_title(int status) {
  switch (status) {
  case 400:
    return "Bad Request";
  case 401:
    return "Unauthorized";
  case 403:
    return "Forbidden";
  case 404:
    return "Not Found";
  case 405:
    return "Method Not Allowed";
  case 406:
    return "Not Acceptable";
  case 408:
    return "Request Timeout";
  case 409:
    return "Conflict";
  case 413:
    return "Content Too Large";
  case 414:
    return "URI Too Long";
  case 415:
    return "Unsupported Media Type";
  case 416:
    return "Range Not Satisfiable";
  case 417:
    return "Expectation Failed";
  case 422:
    return "Unprocessable Content";
  case 429:
    return "Too Many Requests";
  case 431:
    return "Request Header Fields Too Large";
  case 502:
    return "Bad Gateway";
  case 503:
    return "Service Unavailable";
  case 504:
    return "Gateway Timeout";
  case 507:
    return "Insufficient Storage";
  default:
    return status >= 500 ? "Internal Server Error" : "Error";
  }
}

problem problem_of(int status, std::string detail) {
  problem result;
  result.status = status;
  result.title = status_title(status);
  result.detail = std::move(detail);
  return result;
}

problem problem_of(errc code, std::string detail) {
  auto result = problem_of(http_status(code), std::move(detail));
  result.type = "urn:noctis:error:" + to_string(code);
  if (code == errc::unauthenticated) result.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (result.status == 503) result.headers.emplace_back("Retry-After", "2");
  return result;
}

problem problem_of(const caf::error& error) {
  const auto code = code_of(error);
  const auto* words = veiled(code);
  return problem_of(code, words ? std::string(words) : reason_of(error));
}

problem problem_of(field_errors errors) {
  std::string names;
  for (const auto& [name, sentences] : errors) names += (names.empty() ? "" : ", ") + name;
  auto result = problem_of(errc::invalid_argument, "Invalid: " + names + ".");
  result.errors = std::move(errors);
  return result;
}

std::string to_json(const problem& what, const std::string& request_id) {
  json_text json;
  json.begin_object();
  json.field("type", what.type);
  json.field("title", what.title);
  json.field("status", what.status);
  json.field("detail", what.detail);
  if (!what.errors.empty()) {
    json.key("errors");
    json.begin_object();
    for (const auto& [name, sentences] : what.errors) json.field(name, sentences);
    json.end_object();
  }
  if (!what.current.empty()) {
    json.key("current");
    json.raw(what.current);
  }
  json.field("request_id", request_id);
  json.end_object();
  return json.take();
}

} // namespace noctis
