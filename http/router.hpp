#pragma once

#include "messages/principal.hpp"

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

/// One method of one path pattern. A segment in angle brackets stands for any one segment. A pattern that ends
/// with a slash is served with it alone, any other with and without.
struct route {
  std::string method;
  std::string pattern;
  access who;
  route_handler handle;
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
  void add(std::string method, std::string pattern, access who, route_handler handle);

  /// `path` is decoded; HEAD finds what GET does.
  [[nodiscard]] resolution resolve(const std::string& method, const std::string& path) const;

private:
  struct entry {
    route declared;
    std::vector<std::string> segments;
    bool slash = false;
  };
  std::vector<entry> entries_;
};

} // namespace noctis
