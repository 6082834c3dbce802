#include "http/accept.hpp"

#include "http/multipart.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace noctis {

namespace {

std::string lower_trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(" \t"));
  text.erase(text.find_last_not_of(" \t") + 1);
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// Splits at commas outside of quotes.
std::vector<std::string> split_list(const std::string& header) {
  std::vector<std::string> result(1);
  auto quoted = false;
  for (const auto c : header) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted)
      result.emplace_back();
    else
      result.back() += c;
  }
  return result;
}

} // namespace

std::vector<media_range> parse_accept(const std::string& header) {
  std::vector<media_range> result;
  for (const auto& item : split_list(header)) {
    media_range range;
    range.type = lower_trimmed(item.substr(0, item.find(';')));
    if (range.type.empty()) continue;
    range.of = lower_trimmed(header_parameter(item, "type"));
    range.transfer_syntax = header_parameter(item, "transfer-syntax");
    const auto quality = header_parameter(item, "q");
    if (!quality.empty()) range.quality = std::strtod(quality.c_str(), nullptr);
    if (range.quality > 0) result.push_back(std::move(range));
  }
  if (result.empty() && lower_trimmed(header).empty()) result.push_back({"*/*", "", "", 1});
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.quality > b.quality; });
  return result;
}

retrieval choose_retrieval(const std::string& accept, bool lone_instance) {
  for (const auto& range : parse_accept(accept)) {
    const auto any = range.type == "*/*";
    const auto multipart = range.type == "multipart/related" || range.type == "multipart/*";
    if (any || (multipart && (range.of.empty() || range.of == "application/dicom")))
      return {retrieval::form::multipart, range.transfer_syntax};
    if (lone_instance && range.type == "application/dicom") return {retrieval::form::single, range.transfer_syntax};
  }
  return {};
}

} // namespace noctis
