#pragma once

#include "messages/errors.hpp"

#include <exception>
#include <map>
#include <string>
#include <vector>

namespace noctis {

/// What is wrong with each field of a request.
using field_errors = std::map<std::string, std::vector<std::string>>;

/// An error as RFC 9457 has it.
struct problem {
  int status = 500;
  std::string type = "about:blank"; ///< or "urn:noctis:error:<name of an errc>"
  std::string title;                ///< the status in words
  std::string detail;               ///< one sentence for the client
  field_errors errors;              ///< for status 400
  std::string current;              ///< what is there now, as JSON, for a conflict; "": not told
  std::vector<std::pair<std::string, std::string>> headers; ///< that go with it, as Retry-After
};

/// Thrown by a route's handler to answer with a problem.
class refusal : public std::exception {
public:
  explicit refusal(problem what) : what_(std::move(what)) {}
  refusal(errc code, std::string detail);

  [[nodiscard]] const problem& what_is_wrong() const noexcept { return what_; }
  [[nodiscard]] const char* what() const noexcept override { return what_.detail.c_str(); }

private:
  problem what_;
};

/// Returns the words of RFC 9110 for an HTTP status.
std::string status_title(int status);

/// Returns a problem with a bare HTTP status.
problem problem_of(int status, std::string detail);

/// Returns the problem that `code` is to a client.
problem problem_of(errc code, std::string detail);

/// Returns the problem that an actor's error is to a client. Details of what went wrong inside stay inside.
problem problem_of(const caf::error& error);

/// Returns the problem of a request whose fields are wrong.
problem problem_of(field_errors errors);

/// Returns `what` as an application/problem+json document.
std::string to_json(const problem& what, const std::string& request_id);

} // namespace noctis
