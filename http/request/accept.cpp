#include "http/request/accept.hpp"

#include "http/request/multipart.hpp"

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

/// Whether a range like "image/*" covers a media type.
bool covers(const std::string& range, const std::string& type) {
  if (range == "*/*" || range == "*" || range == type) return true;
  const auto star = range.find("/*");
  return star != std::string::npos && star + 2 == range.size() && type.compare(0, star + 1, range, 0, star + 1) == 0;
}

bool suits(const media_range& range, const media_offer& offer) {
  return covers(range.type, offer.type) && (range.of.empty() || covers(range.of, offer.of));
}

/// The transfer syntaxes of all ranges that an offer suits; none where one of them takes any.
std::vector<std::string> syntaxes_for(const std::vector<media_range>& accepted, const media_offer& offer) {
  std::vector<std::string> result;
  for (const auto& range : accepted) {
    if (!suits(range, offer)) continue;
    if (range.transfer_syntax.empty() || range.transfer_syntax == "*") return {};
    result.push_back(range.transfer_syntax);
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

media_range parse_content_type(const std::string& header) {
  const auto ranges = header.empty() ? std::vector<media_range>{} : parse_accept(header);
  return ranges.empty() ? media_range{} : ranges.front();
}

std::string media_offer::text() const { return of.empty() ? type : type + "; type=\"" + of + "\""; }

std::optional<media_choice> choose_media(const std::vector<media_range>& accepted,
                                         const std::vector<media_offer>& offers) {
  for (const auto& range : accepted) {
    for (size_t i = 0; i < offers.size(); ++i) {
      if (suits(range, offers[i])) return media_choice{i, syntaxes_for(accepted, offers[i])};
    }
  }
  return std::nullopt;
}

std::string list_of(const std::vector<media_offer>& offers) {
  std::string result;
  for (size_t i = 0; i < offers.size(); ++i) {
    if (i > 0) result += i + 1 == offers.size() ? " or " : ", ";
    result += offers[i].text();
  }
  return result;
}

} // namespace noctis
