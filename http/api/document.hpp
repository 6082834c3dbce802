#pragma once

#include "http/api/schemas.hpp"
#include "http/request/router.hpp"

#include <string>

namespace noctis {

/// Returns the OpenAPI 3.1 document of all routes, made of what each declares.
std::string openapi_document(const router& routes, const api_schemas& schemas, const std::string& version);

} // namespace noctis
