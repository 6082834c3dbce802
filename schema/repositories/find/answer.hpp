#pragma once

#include "messages/find.hpp"
#include "schema/repositories/find/attributes.hpp"

#include <pqxx/row>

#include <string>
#include <vector>

// A row as a DICOM JSON object (PS3.18 F.2). For the sources of this room alone.

namespace noctis::schema {

/// What the answers to one request consist of.
class find_answer {
public:
  explicit find_answer(const find_request& request);

  /// Returns the columns that `object_from` reads, for a statement.
  [[nodiscard]] std::string columns() const;

  /// Returns a row that begins with `columns()`.
  [[nodiscard]] std::string object_from(const pqxx::row& row) const;

private:
  struct part {
    const queryable* attribute;
    bool even_if_empty;
  };

  std::vector<part> parts_; ///< by tag
};

} // namespace noctis::schema
