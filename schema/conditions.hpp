#pragma once

#include <cstddef>
#include <string>
#include <vector>

// How statements are put together at run time: SQL of our own words, and values that only ever travel as parameters.
// For the sources of this room alone.

namespace noctis::schema {

/// The values of one statement.
class parameter_list {
public:
  /// Returns the place of `value` in the statement: "$1", "$2" …
  std::string add(std::string value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }

  [[nodiscard]] const std::vector<std::string>& values() const { return values_; }

private:
  std::vector<std::string> values_;
};

/// Conditions that must all hold; their values go to `parameters`.
class conditions {
public:
  explicit conditions(parameter_list& parameters) : parameters_(parameters) {}

  /// Returns conditions of their own whose values go to the same statement.
  [[nodiscard]] conditions nested() const { return conditions{parameters_}; }

  void add(std::string condition) { parts_.push_back(std::move(condition)); }

  /// Adds `before $n after`.
  void add(const std::string& before, const std::string& value, const std::string& after = "") {
    add(before + parameters_.add(value) + after);
  }

  /// Adds that one of `alternatives` holds; none: that nothing does.
  void add_any(const std::vector<std::string>& alternatives) { add(joined(alternatives, " or ", "false")); }

  /// Returns the place of a value that a condition will name.
  std::string parameter(const std::string& value) { return parameters_.add(value); }

  [[nodiscard]] std::string sql() const { return joined(parts_, " and ", "true"); }
  [[nodiscard]] size_t size() const { return parts_.size(); }

private:
  static std::string joined(const std::vector<std::string>& parts, const char* word, const char* none) {
    if (parts.empty()) return none;
    std::string result;
    for (const auto& part : parts) result += (result.empty() ? "(" : word) + part;
    return result + ")";
  }

  parameter_list& parameters_;
  std::vector<std::string> parts_;
};

} // namespace noctis::schema
