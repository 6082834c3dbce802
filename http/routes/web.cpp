#include "http/files/file_response.hpp"
#include "http/request/accept.hpp"
#include "http/request/context.hpp"
#include "http/routes/routes.hpp"
#include "http/server/server.hpp"

#include <initializer_list>

namespace noctis {

namespace {

constexpr auto page_policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "connect-src 'self' blob: data:; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "frame-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

constexpr auto not_built =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Noctis</title>"
    "<h1>The web application is not built</h1><p>This server has no files of the web application. Where it was built "
    "from source: <code>cmake --build build --target web</code>, then load this page again. REST and DICOMweb work "
    "without it: <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p></html>\n";

/// Whether an Accept-Encoding header names a coding and does not rule it out.
bool accepts(const std::string& header, const std::string& coding) {
  for (const auto& range : parse_accept(header)) {
    if (range.type == coding) return true;
  }
  return false;
}

/// Answers with the smallest form of a file that the client takes.
void send(context& c, const web_file& file, const char* caching) {
  auto& response = c.response;
  const auto accepted = c.request.get_header_value(accepted_codings);
  const auto brotli = !file.brotli.path.empty() && accepts(accepted, "br");
  const auto gzip = !brotli && !file.gzip.path.empty() && accepts(accepted, "gzip");
  const auto& form = brotli ? file.brotli : gzip ? file.gzip : file.plain;
  response.set_header("Vary", "Accept-Encoding");
  const auto unchanged = answered_unchanged(c, file.tag + (brotli ? "-br" : gzip ? "-gz" : ""));
  response.headers.erase("Cache-Control");
  response.set_header("Cache-Control", caching);
  response.set_header("Content-Security-Policy", page_policy);
  if (unchanged) return;
  if (brotli || gzip) response.set_header("Content-Encoding", brotli ? "br" : "gzip");
  response.status = 200;
  if (form.size == 0) return response.set_content("", file.type);
  auto content = c.request.method == "HEAD" ? std::string() : read_web_file(form);
  response.set_content_provider(form.size, file.type,
                                [content = std::move(content)](size_t at, size_t length, httplib::DataSink& sink) {
                                  return sink.write(content.data() + at, length);
                                });
}

route_handler page(const std::string& name) {
  return [name](context& c) {
    const auto files = c.app.web.current();
    const auto found = files->find(name + "/index.html");
    if (found != files->end()) return send(c, found->second, "no-cache");
    c.response.status = 503;
    c.response.set_header("Retry-After", "30");
    c.response.set_content(not_built, "text/html; charset=utf-8");
  };
}

void file(context& c) {
  const auto files = c.app.web.current();
  const auto name = c.request.path.substr(1);
  const auto found = files->find(name);
  if (found == files->end()) throw refusal(errc::not_found, "The web application has no such file.");
  const auto is_hashed = name.rfind("assets/", 0) == 0;
  send(c, found->second, is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
}

void to_worklist(context& c) {
  c.response.status = 302;
  c.response.set_header("Location", "/worklist/");
}

} // namespace

void add_web_routes(router& routes) {
  routes.add("GET", "/", access::everyone(), to_worklist);
  for (const auto* name : {"login", "worklist", "viewer", "reports", "admin"}) {
    routes.add("GET", std::string("/") + name + "/", access::everyone(), page(name));
    routes.add("GET", std::string("/") + name + "/<path*>", access::everyone(), page(name));
  }
  routes.add("GET", "/assets/<path*>", access::everyone(), file);
  for (const auto* name : {"/favicon.ico", "/favicon.svg", "/manifest.webmanifest", "/robots.txt"})
    routes.add("GET", name, access::everyone(), file);
}

} // namespace noctis
