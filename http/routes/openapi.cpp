#include "http/api/document.hpp"
#include "http/request/context.hpp"
#include "http/routes/routes.hpp"

namespace noctis {

namespace {

void openapi(context& c) { c.send_json(200, openapi_document(c.app.routes, c.app.schemas, c.app.options.version)); }

} // namespace

void add_openapi_routes(router& routes) {
  routes.add("GET", "/api/openapi.json", access::everyone(), openapi).says("This document").answers(200, "openapi");
}

} // namespace noctis
