#include "http/dicom_web/search.hpp"

#include "dicom/json/object.hpp"
#include "dicom/vr.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace noctis {

namespace {

constexpr size_t longest_value = 1024; // bytes
constexpr size_t most_keys = 64;
constexpr size_t deepest_path = 8;
constexpr int64_t farthest_offset = 100'000'000;

std::vector<std::string> divided(const std::string& text, const char* dividers) {
  std::vector<std::string> result;
  size_t begin = 0;
  for (;;) {
    const auto end = text.find_first_of(dividers, begin);
    if (end != begin && begin < text.size()) result.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return result;
    begin = end + 1;
  }
}

/// Gathers the parameters of a search and what is wrong with them.
class search_parameters {
public:
  search_parameters(find_request& request, int64_t& limit) : request_(request), limit_(limit) {}

  void take(const std::string& name, const std::string& value) {
    if (value.size() > longest_value || value.find('\0') != std::string::npos || valid_utf8(value) != value)
      return fail(name, "Must be valid text of at most " + std::to_string(longest_value) + " bytes.");
    if (name == "includefield" || name == "includefields")
      take_fields(name, value);
    else if (name == "limit")
      limit_ = std::min(number(name, value, 1'000'000'000), most_matches);
    else if (name == "offset")
      request_.offset = number(name, value, farthest_offset);
    else if (name == "fuzzymatching")
      request_.fuzzy_names = flag(name, value);
    else if (name == "emptyvaluematching" || name == "multiplevaluematching")
      (void)flag(name, value);
    else if (name != "accept" && name != "charset")
      take_key(name, value);
  }

  void check() const {
    if (!errors_.empty()) throw refusal(problem_of(errors_));
  }

private:
  void fail(const std::string& name, std::string why) { errors_[valid_utf8(name)].push_back(std::move(why)); }

  int64_t number(const std::string& name, const std::string& value, int64_t most) {
    int64_t result = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
    if (error != std::errc{} || end != value.data() + value.size() || result < 0 || result > most)
      fail(name, "Must be a number from 0 to " + std::to_string(most) + ".");
    return result;
  }

  bool flag(const std::string& name, const std::string& value) {
    if (value != "true" && value != "false") fail(name, "Must be true or false.");
    return value == "true";
  }

  void take_fields(const std::string& name, const std::string& value) {
    for (const auto& field : divided(value, ",")) {
      if (field == "all") {
        request_.returns_all = true;
        continue;
      }
      const auto path = attribute_path(field);
      if (path.empty())
        fail(name, field + " is no attribute.");
      else
        request_.returned.push_back(path.front());
    }
  }

  void take_key(const std::string& name, const std::string& value) {
    auto path = attribute_path(name);
    if (path.empty()) return fail(name, "Neither a parameter nor an attribute that is known.");
    const auto is_list = dictionary_vr(path.back()) == vr::UI;
    auto values = is_list ? divided(value, ",\\") : std::vector<std::string>{value};
    request_.returned.push_back(path.front());
    const auto same =
        std::find_if(request_.keys.begin(), request_.keys.end(), [&](const auto& key) { return key.path == path; });
    if (same != request_.keys.end()) {
      same->values.insert(same->values.end(), values.begin(), values.end());
    } else if (request_.keys.size() == most_keys) {
      fail(name, "There are more than " + std::to_string(most_keys) + " attributes.");
    } else {
      request_.keys.push_back({std::move(path), std::move(values)});
    }
  }

  find_request& request_;
  int64_t& limit_;
  field_errors errors_;
};

} // namespace

std::vector<tag_number> attribute_path(std::string_view text) {
  std::vector<tag_number> path;
  while (path.size() < deepest_path) {
    const auto dot = std::min(text.find('.'), text.size());
    const auto part = text.substr(0, dot);
    auto tag = tag_of_digits(part);
    if (tag == 0) tag = tag_of_keyword(std::string(part));
    const auto is_private = (tag >> 16u & 1u) != 0;
    if (tag == 0 || (!is_private && keyword_of(tag).empty())) return {};
    path.push_back(tag);
    if (dot == text.size()) return path;
    text.remove_prefix(dot + 1);
  }
  return {};
}

find_request read_search(const context& c, query_level level) {
  find_request request;
  request.who = c.who;
  request.level = level;
  auto limit = most_matches;
  search_parameters parameters(request, limit);
  for (const auto& [name, value] : c.request.params) parameters.take(name, value);
  parameters.check();
  request.limit = static_cast<int32_t>(limit);
  return request;
}

} // namespace noctis
