#include "http/request/router.hpp"

#include <algorithm>

namespace noctis {

namespace {

/// The segments between slashes, without the empty one after a slash at the end.
std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> result;
  size_t begin = path.empty() || path[0] != '/' ? 0 : 1;
  while (begin < path.size()) {
    const auto end = std::min(path.find('/', begin), path.size());
    result.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

bool is_variable(const std::string& segment) { return !segment.empty() && segment.front() == '<'; }

bool takes_the_rest(const std::string& segment) {
  return is_variable(segment) && segment.rfind("*>") != std::string::npos;
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  if (!pattern.empty() && takes_the_rest(pattern.back()))
    return path.size() >= pattern.size() && std::equal(pattern.begin(), pattern.end() - 1, path.begin());
  return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                    [](const auto& p, const auto& s) { return is_variable(p) ? !s.empty() : p == s; });
}

} // namespace

route& route::says(std::string what) {
  summary = std::move(what);
  return *this;
}

route& route::runs_in_background() {
  in_background = true;
  return *this;
}

route& route::takes(std::vector<std::string> names) {
  parameters.insert(parameters.end(), names.begin(), names.end());
  return *this;
}

route& route::takes_pages() { return takes({"page", "page_size"}); }

route& route::accepts(std::string schema, std::string type) {
  body_schema = std::move(schema);
  body_type = std::move(type);
  return *this;
}

route& route::may_accept(std::string schema) {
  body_required = false;
  return accepts(std::move(schema));
}

route& route::answers(int status, std::string schema) {
  outcomes.push_back({status, schema, schema.empty() ? "" : "application/json"});
  return *this;
}

route& route::answers_with(int status, std::string type) {
  outcomes.push_back({status, "", std::move(type)});
  return *this;
}

route& router::add(std::string method, std::string pattern, access who, route_handler handle) {
  entry added;
  added.segments = split(pattern);
  added.slash = !pattern.empty() && pattern.back() == '/';
  added.declared.method = std::move(method);
  added.declared.pattern = std::move(pattern);
  added.declared.who = who;
  added.declared.handle = std::move(handle);
  entries_.push_back(std::move(added));
  return entries_.back().declared;
}

route* router::find(const std::string& method, const std::string& pattern) {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const entry& one) {
    return one.declared.method == method && one.declared.pattern == pattern;
  });
  return found == entries_.end() ? nullptr : &found->declared;
}

void router::each(const std::function<void(const route&)>& what) const {
  for (const auto& entry : entries_) what(entry.declared);
}

resolution router::resolve(const std::string& method, const std::string& path) const {
  resolution result;
  if (path.empty() || path.front() != '/') return result;
  const auto wanted = method == "HEAD" ? std::string("GET") : method;
  const auto segments = split(path);
  const auto slash = path.back() == '/';
  for (const auto& entry : entries_) {
    if (!matches(entry.segments, segments)) continue;
    if (entry.slash && !slash) {
      result.what = resolution::kind::add_slash;
      return result;
    }
    if (entry.declared.method == wanted) {
      result.what = resolution::kind::found;
      result.found = &entry.declared;
      for (size_t i = 0; i < entry.segments.size(); ++i) {
        if (is_variable(entry.segments[i])) result.segments.push_back(segments[i]);
      }
      return result;
    }
    result.what = resolution::kind::wrong_method;
    result.allow += (result.allow.empty() ? "" : ", ") + entry.declared.method;
    if (entry.declared.method == "GET") result.allow += ", HEAD";
  }
  return result;
}

} // namespace noctis
