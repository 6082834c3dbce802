#pragma once

#include "schema/array_literal.hpp"

#include <caf/optional.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis::schema {

/// Text that is null where it is empty.
struct optional_text {
  const std::string& text;
};

/// Rows that become the array parameters of a statement, an array for each column.
class array_columns {
public:
  explicit array_columns(size_t count) : columns_(count) {}

  /// Adds a row: as many values as there are columns.
  template <class... Values>
  void add(const Values&... values) {
    size_t column = 0;
    (add_to(columns_[column++], values), ...);
  }

  void append_to(std::vector<std::string>& parameters) const {
    for (const auto& column : columns_) parameters.push_back(column.str());
  }

  [[nodiscard]] std::vector<std::string> parameters() const {
    std::vector<std::string> result;
    append_to(result);
    return result;
  }

private:
  static void add_to(array_literal& column, const std::string& value) { column.add(value); }
  static void add_to(array_literal& column, int64_t value) { column.add(value); }
  static void add_to(array_literal& column, const optional_text& value) {
    if (value.text.empty())
      column.add_null();
    else
      column.add(value.text);
  }
  static void add_to(array_literal& column, const caf::optional<int32_t>& value) {
    if (value)
      column.add(int64_t{*value});
    else
      column.add_null();
  }

  std::vector<array_literal> columns_;
};

} // namespace noctis::schema
