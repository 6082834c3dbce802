#pragma once

#include "http/application.hpp"

#include <httplib.h>

namespace noctis {

/// Answers one request: checks what all routes have in common, calls the route, turns failures into problems,
/// adds the headers that every answer carries, and counts it.
void dispatch(application& app, const httplib::Request& request, httplib::Response& response,
              const httplib::ContentReader* body);

/// Fills the answer to what could not even be read as a request.
void dispatch_refused(application& app, const httplib::Request& request, httplib::Response& response, int status);

} // namespace noctis
