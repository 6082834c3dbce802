#include "http/request/query_string.hpp"

#include "http/representation/time_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace noctis {

namespace {

std::string listed(std::initializer_list<const char*> allowed) {
  std::string result;
  for (const auto* one : allowed) result += (result.empty() ? "" : ", ") + std::string(one);
  return result;
}

/// Returns the number that is the whole of a text.
std::optional<int64_t> number_in(const std::string& text) {
  int64_t number = 0;
  const auto* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc{} && end == last ? std::optional<int64_t>{number} : std::nullopt;
}

} // namespace

std::vector<std::string> query_string::texts(const std::string& name) {
  const auto& declared = declared_.parameters;
  const auto is_it = [&](const std::string& one) { return one.substr(0, one.find('.')) == name; };
  if (!declared_.summary.empty() && std::none_of(declared.begin(), declared.end(), is_it))
    throw std::logic_error("the route " + declared_.pattern + " does not declare the parameter " + name);
  known_.insert(name);
  std::vector<std::string> result;
  const auto [first, last] = request_.params.equal_range(name);
  for (auto i = first; i != last; ++i) {
    if (i->second.size() > longest_value)
      errors_[name].emplace_back("Longer than " + std::to_string(longest_value) + " bytes.");
    else if (i->second.find('\0') != std::string::npos || valid_utf8(i->second) != i->second)
      errors_[name].emplace_back("Not valid text.");
    else if (!i->second.empty())
      result.push_back(i->second);
  }
  return result;
}

std::string query_string::text(const std::string& name) {
  const auto values = texts(name);
  if (request_.params.count(name) > 1) errors_[name].emplace_back("Given more than once.");
  return values.empty() ? std::string() : values.front();
}

std::vector<std::string> query_string::choices(const std::string& name, std::initializer_list<const char*> allowed) {
  auto values = texts(name);
  for (const auto& value : values) {
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
      errors_[name].emplace_back("Must be one of " + listed(allowed) + ".");
  }
  return values;
}

std::string query_string::choice(const std::string& name, std::initializer_list<const char*> allowed,
                                 const std::string& otherwise) {
  const auto value = text(name);
  if (!value.empty() && std::find(allowed.begin(), allowed.end(), value) == allowed.end())
    errors_[name].emplace_back("Must be one of " + listed(allowed) + ".");
  return value.empty() ? otherwise : value;
}

std::string query_string::date(const std::string& name) {
  const auto value = text(name);
  if (value.empty()) return {};
  auto da = da_of(value);
  if (da.empty()) errors_[name].emplace_back("Must be a date as YYYY-MM-DD.");
  return da;
}

std::vector<int64_t> query_string::ids(const std::string& name, const std::map<std::string, int64_t>& words) {
  std::vector<int64_t> result;
  for (const auto& value : texts(name)) {
    const auto word = words.find(value);
    const auto number = word == words.end() ? number_in(value).value_or(0) : word->second;
    if (word == words.end() && number < 1)
      errors_[name].emplace_back("Must be an id or a word that the parameter has.");
    else
      result.push_back(number);
  }
  return result;
}

int64_t query_string::integer(const std::string& name, int64_t least, int64_t most, int64_t otherwise) {
  const auto value = text(name);
  if (value.empty()) return otherwise;
  const auto number = number_in(value);
  if (number && *number >= least && *number <= most) return *number;
  errors_[name].emplace_back("Must be a number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
  return otherwise;
}

void query_string::check() {
  for (const auto& [name, value] : request_.params) {
    if (known_.count(name) == 0) errors_[valid_utf8(name)] = {"Unknown parameter."};
  }
  if (!errors_.empty()) throw refusal(problem_of(errors_));
}

page_request read_page(query_string& query) {
  page_request result;
  result.page = static_cast<int32_t>(query.integer("page", 1, 1000000, 1));
  result.size = static_cast<int32_t>(query.integer("page_size", 1, 200, 50));
  return result;
}

} // namespace noctis
