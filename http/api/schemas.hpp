#pragma once

#include "http/request/problem.hpp"

#include <rapidjson/document.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// The documents of http/api/schemas, as the build has them.
const std::vector<const char*>& embedded_schemas();

/// The shapes of what goes in and out (JSON Schema) and the parameters of queries, by name. Read-only after it is
/// made, so that many threads may use it.
class api_schemas {
public:
  /// Reads the embedded documents. Throws `std::logic_error` where one is not right.
  api_schemas();
  ~api_schemas();
  api_schemas(const api_schemas&) = delete;
  api_schemas& operator=(const api_schemas&) = delete;

  /// The OpenAPI components: `schemas` and `parameters`.
  [[nodiscard]] const rapidjson::Document& components() const { return components_; }

  /// Returns what is wrong with the fields of `object`, held against the schema of a body.
  [[nodiscard]] field_errors check(const std::string& schema, const rapidjson::Value& object) const;

private:
  struct body_schema;

  void add_document(const char* text);

  rapidjson::Document components_;
  std::map<std::string, std::unique_ptr<body_schema>> bodies_;
};

} // namespace noctis
