#pragma once

#include "http/request/context.hpp"

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace noctis {

/// Reads the parameters of a query and gathers what is wrong with them. Reading one that the route does not declare is
/// a defect: `std::logic_error`.
class query_string {
public:
  static constexpr size_t longest_value = 256; ///< bytes

  explicit query_string(const context& c) : request_(c.request), declared_(*c.declared) {}

  /// "" where the parameter is absent.
  std::string text(const std::string& name);
  /// Every value of a repeatable parameter.
  std::vector<std::string> texts(const std::string& name);
  /// Values that are all among `allowed`.
  std::vector<std::string> choices(const std::string& name, std::initializer_list<const char*> allowed);
  std::string choice(const std::string& name, std::initializer_list<const char*> allowed, const std::string& otherwise);
  /// Numbers from 1 on, and those that words stand for.
  std::vector<int64_t> ids(const std::string& name, const std::map<std::string, int64_t>& words);
  /// A DA value from YYYY-MM-DD.
  std::string date(const std::string& name);
  int64_t integer(const std::string& name, int64_t least, int64_t most, int64_t otherwise);
  [[nodiscard]] bool has(const std::string& name) const { return request_.params.count(name) > 0; }

  /// Throws `refusal` (400) when a value was wrong or a parameter is not one that was asked for.
  void check();

private:
  const httplib::Request& request_;
  const route& declared_;
  std::set<std::string> known_;
  field_errors errors_;
};

/// A page of a list.
struct page_request {
  int32_t page = 1;
  int32_t size = 50; ///< at most 200
};

/// Reads `page` and `page_size`.
page_request read_page(query_string& query);

} // namespace noctis
