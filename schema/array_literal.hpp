#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace noctis::schema {

/// Builds the text form of a PostgreSQL array: {"one","two",NULL}.
class array_literal {
public:
  array_literal& add(std::string_view value);
  array_literal& add(int64_t value);
  array_literal& add_null();

  /// Returns the literal of what was added, "{}" for nothing.
  [[nodiscard]] std::string str() const;

private:
  void separate();

  std::string text_ = "{";
};

/// Returns the literal of a range of strings or numbers.
template <class Range>
std::string array_of(const Range& values) {
  array_literal result;
  for (const auto& value : values) result.add(value);
  return result.str();
}

} // namespace noctis::schema
