#pragma once

#include "messages/principal.hpp"

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace noctis {

class context;

/// Who may use a route.
struct access {
  enum class level { open, login, permitted };
  level needs = level::login;
  permission what = permission::study_view; ///< for `permitted`

  static access everyone() { return {level::open, permission::study_view}; }
  static access logged_in() { return {level::login, permission::study_view}; }
  static access may(permission what) { return {level::permitted, what}; }
};

using route_handler = std::function<void(context&)>;

/// What a route answers with one status.
struct route_answer {
  int status = 200;
  std::string schema; ///< name of a schema; "": no JSON
  std::string type;   ///< media type; "": no body
};

/// One method of one path pattern. A segment in angle brackets stands for any one segment, one at the end whose name
/// ends with a star for one or more. A pattern that ends with a slash is served with it alone, any other with and
/// without.
///
/// What `says`, `takes`, `accepts` and `answers` declare is the API's description (http/api/document.hpp). Requests are
/// held to it: a route that says something takes the query parameters that it declares and no others.
struct route {
  std::string method;
  std::string pattern;
  access who;
  route_handler handle;

  std::string summary;                 ///< "": not described
  std::vector<std::string> parameters; ///< of the query: names in http/api/schemas; what stands behind a dot there
                                       ///< tells two of the same name apart
  std::string body_schema;             ///< name in http/api/schemas
  std::string body_type;               ///< media type of the body; "": none is read
  bool body_required = true;
  bool in_background = false;         ///< asking for it is not what a user does
  std::vector<route_answer> outcomes; ///< besides problems

  route& says(std::string what);
  /// Asking for it does not make a browser's session last longer.
  route& runs_in_background();
  route& takes(std::vector<std::string> names);
  route& takes_pages();
  route& accepts(std::string schema, std::string type = "application/json");
  /// A body may be left out.
  route& may_accept(std::string schema);
  /// An answer of JSON; without a body where `schema` is "".
  route& answers(int status, std::string schema = "");
  route& answers_with(int status, std::string type);
};

/// What a path leads to.
struct resolution {
  enum class kind { found, add_slash, wrong_method, unknown };
  kind what = kind::unknown;
  const route* found = nullptr;
  std::vector<std::string> segments; ///< what stands for the pattern's bracketed segments
  std::string allow;                 ///< for `wrong_method`: the value of Allow
};

/// The table of routes. Filled once, then read by many threads.
class router {
public:
  /// Returns the route, to be described.
  route& add(std::string method, std::string pattern, access who, route_handler handle);

  /// `path` is decoded; HEAD finds what GET does.
  [[nodiscard]] resolution resolve(const std::string& method, const std::string& path) const;

  /// The route of this method and pattern, or nullptr.
  route* find(const std::string& method, const std::string& pattern);

  /// Calls `what` with each route in the order in which they were added.
  void each(const std::function<void(const route&)>& what) const;

private:
  struct entry {
    route declared;
    std::vector<std::string> segments;
    bool slash = false;
  };
  std::deque<entry> entries_;
};

} // namespace noctis
