#include "http/request/dispatch.hpp"

#include "http/request/context.hpp"
#include "http/server/host_check.hpp"

#include <charconv>

namespace noctis {

namespace {

constexpr auto no_route = "(none)";

void set_default(httplib::Response& response, const char* name, const char* value) {
  if (!response.has_header(name)) response.set_header(name, value);
}

void add_headers(const application& app, httplib::Response& response, const std::string& request_id) {
  set_default(response, "X-Request-Id", request_id.c_str());
  set_default(response, "X-Content-Type-Options", "nosniff");
  set_default(response, "X-Frame-Options", "DENY");
  set_default(response, "Referrer-Policy", "same-origin");
  set_default(response, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  set_default(response, "Cache-Control", "no-store");
  if (!app.options.certificate.empty()) set_default(response, "Strict-Transport-Security", "max-age=31536000");
}

/// What makes two readers of one connection disagree on where a request ends is refused (RFC 9112 section 6).
void check_framing(const context& c) {
  const auto lengths = c.request.get_header_value_count("Content-Length");
  const auto encodings = c.request.get_header_value_count("Transfer-Encoding");
  if (lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0))
    throw refusal(problem_of(400, "The length of the body is given more than once."));
  if (encodings > 0 && c.request.get_header_value("Transfer-Encoding") != "chunked")
    throw refusal(problem_of(400, "Of the transfer codings only \"chunked\" is known."));
  if (lengths == 0) return;
  const auto text = c.request.get_header_value("Content-Length");
  uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc{} || end != text.data() + text.size())
    throw refusal(problem_of(400, "Content-Length is not a number."));
  if (length > c.app.options.max_upload)
    throw refusal(problem_of(413, "The body is larger than " + std::to_string(c.app.options.max_upload) + " bytes."));
}

void check_host(const context& c) {
  const auto count = c.request.get_header_value_count("Host");
  if (count == 1 && host_allowed(c.app.options, c.request.get_header_value("Host"))) return;
  throw refusal(problem_of(400, count == 1 ? "This host name is not served here; ALLOWED_HOSTS names those that are."
                                           : "A request names exactly one host."));
}

void redirect_to_slash(context& c) {
  const auto query = c.request.target.find('?');
  const auto path = c.request.target.substr(0, query);
  c.response.status = 308;
  c.response.set_header("Location", path + "/" + (query == std::string::npos ? "" : c.request.target.substr(query)));
}

/// A route that declares no parameters takes none; those of others are looked at where they are read. DICOMweb leaves
/// it to the server to ignore what it does not know (PS3.18 8.3).
void check_parameters(const context& c) {
  const auto& declared = *c.declared;
  if (declared.summary.empty() || !declared.parameters.empty() || declared.pattern.rfind("/dicom-web/", 0) == 0) return;
  field_errors errors;
  for (const auto& [name, value] : c.request.params) errors[valid_utf8(name)] = {"Unknown parameter."};
  if (!errors.empty()) throw refusal(problem_of(errors));
}

void run(context& c, std::string& route) {
  check_framing(c);
  check_host(c);
  auto way = c.app.routes.resolve(c.request.method, c.request.path);
  switch (way.what) {
  case resolution::kind::add_slash:
    return redirect_to_slash(c);
  case resolution::kind::unknown:
    throw refusal(errc::not_found, "There is nothing at this path.");
  case resolution::kind::wrong_method: {
    auto what = problem_of(405, "This path takes " + way.allow + ".");
    what.headers.emplace_back("Allow", way.allow);
    throw refusal(std::move(what));
  }
  case resolution::kind::found:
    break;
  }
  route = way.found->pattern;
  c.segments = std::move(way.segments);
  c.declared = way.found;
  if (way.found->who.needs != access::level::open) c.log_in();
  if (way.found->who.needs == access::level::permitted) c.need(way.found->who.what);
  check_parameters(c);
  way.found->handle(c);
}

void answer(context& c, std::string& route) {
  const auto report = [&](const std::string& why) {
    c.app.log(c.request.method + " " + route + " [" + c.request_id + "]: " + why);
  };
  try {
    run(c, route);
  } catch (const refusal& e) {
    c.send(e.what_is_wrong());
  } catch (const actor_failure& e) {
    const auto what = problem_of(e.error());
    if (what.status >= 500) report(to_string(code_of(e.error())) + ": " + e.what());
    c.send(what);
  } catch (const std::exception& e) {
    report(e.what());
    c.send(problem_of(errc::internal, "An internal error occurred."));
  }
}

} // namespace

void dispatch(application& app, const httplib::Request& request, httplib::Response& response,
              const httplib::ContentReader* body) {
  const auto start = std::chrono::steady_clock::now();
  context c{app, request, response, body};
  std::string route = no_route;
  answer(c, route);
  add_headers(app, response, c.request_id);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  app.metrics.record(route == no_route ? "" : request.method, route, response.status, elapsed.count());
}

void dispatch_refused(application& app, const httplib::Request& request, httplib::Response& response, int status) {
  const auto id = request_id_of(request);
  const auto what =
      problem_of(status, status == 400 ? "This is not a valid HTTP request." : status_title(status) + ".");
  response.set_content(to_json(what, id), "application/problem+json");
  add_headers(app, response, id);
  app.metrics.record("", no_route, status, 0);
}

} // namespace noctis
