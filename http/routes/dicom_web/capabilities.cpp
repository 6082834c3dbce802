#include "http/dicom_web/json_body.hpp"
#include "http/dicom_web/target.hpp"
#include "http/representation/json.hpp"
#include "http/routes/routes.hpp"

#include <map>

namespace noctis {

namespace {

constexpr std::string_view prefix = "/dicom-web/";
const std::vector<media_offer> offers{{"application/vnd.sun.wadl+xml", ""}, {"application/json", ""}};

/// A path template below /dicom-web/: "studies/{study}".
std::string path_of(const std::string& pattern) {
  auto path = pattern.substr(prefix.size());
  for (auto& c : path) c = c == '<' ? '{' : (c == '>' ? '}' : c);
  return path;
}

/// The methods of each path that is served.
std::map<std::string, std::vector<std::string>> resources(const context& c) {
  std::map<std::string, std::vector<std::string>> result;
  c.app.routes.each([&](const route& served) {
    if (served.pattern.compare(0, prefix.size(), prefix) == 0) result[path_of(served.pattern)].push_back(served.method);
  });
  return result;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const auto c : text) {
    if (c == '&' || c == '<' || c == '"')
      result += "&#" + std::to_string(static_cast<int>(c)) + ";";
    else
      result += c;
  }
  return result;
}

std::string as_wadl(const context& c) {
  auto text = R"(<?xml version="1.0" encoding="UTF-8"?><application xmlns="http://wadl.dev.java.net/2009/02">)"
              "<resources base=\"" +
              escaped(web_root(c)) + "/\">";
  for (const auto& [path, methods] : resources(c)) {
    text += "<resource path=\"" + escaped(path) + "\">";
    for (const auto& method : methods) text += "<method name=\"" + method + "\"/>";
    text += "</resource>";
  }
  return text + "</resources></application>";
}

std::string as_json(const context& c) {
  json_text json;
  json.begin_object();
  json.field("base", web_root(c) + "/");
  json.key("resources");
  json.begin_array();
  for (const auto& [path, methods] : resources(c)) {
    json.begin_object();
    json.field("path", path);
    json.field("methods", methods);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

/// What is served (PS3.18 8.9).
void capabilities(context& c) {
  const auto choice = choose_media(c, offers);
  send_text(c, 200, choice.offer == 0 ? as_wadl(c) : as_json(c), offers[choice.offer].type);
}

} // namespace

void add_dicom_web_capability_routes(router& routes) {
  for (const auto* method : {"OPTIONS", "GET"}) routes.add(method, "/dicom-web/", access::logged_in(), capabilities);
}

} // namespace noctis
