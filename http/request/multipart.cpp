#include "http/request/multipart.hpp"

#include "http/representation/json.hpp"

#include <algorithm>
#include <cctype>
#include <random>
#include <strings.h>

namespace noctis {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes a parameter's value, quoted or not, from the front of `text`.
std::string take_value(std::string_view& text) {
  std::string value;
  if (text.empty() || text.front() != '"') {
    const auto end = std::min(text.find(';'), text.size());
    value = std::string(trim(text.substr(0, end)));
    text.remove_prefix(end);
    return value;
  }
  size_t i = 1;
  for (; i < text.size() && text[i] != '"'; ++i) {
    // Browsers send backslashes of file names as they are, so only quotes and backslashes are unescaped.
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    value += text[i];
  }
  text.remove_prefix(std::min(i + 1, text.size()));
  return value;
}

part_head parse_head(std::string_view block) {
  part_head head;
  while (!block.empty()) {
    const auto end = std::min(block.find("\r\n"), block.size());
    const auto line = block.substr(0, end);
    block.remove_prefix(std::min(end + 2, block.size()));
    const auto colon = line.find(':');
    if (colon != std::string_view::npos)
      head.headers[lower(trim(line.substr(0, colon)))] = std::string(trim(line.substr(colon + 1)));
  }
  const auto disposition = head.headers.find("content-disposition");
  if (disposition != head.headers.end()) {
    head.name = header_parameter(disposition->second, "name");
    head.filename = valid_utf8(header_parameter(disposition->second, "filename"));
  }
  return head;
}

} // namespace

std::string header_parameter(std::string_view header, std::string_view name) {
  auto separator = header.find(';');
  while (separator != std::string_view::npos) {
    header.remove_prefix(separator + 1);
    const auto equals = header.find('=');
    if (equals == std::string_view::npos) return {};
    const auto found = lower(trim(header.substr(0, equals)));
    header.remove_prefix(equals + 1);
    header = trim(header);
    auto value = take_value(header);
    if (found == lower(name)) return value;
    separator = header.find(';');
  }
  return {};
}

std::string multipart_boundary(const std::string& content_type) {
  if (strncasecmp(content_type.c_str(), "multipart/", 10) != 0) return {};
  auto boundary = header_parameter(content_type, "boundary");
  const auto allowed = [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           (c != 0 && std::string_view("'()+_,-./:=? ").find(static_cast<char>(c)) != std::string_view::npos);
  };
  const auto sane = !boundary.empty() && boundary.size() <= 70 && boundary.back() != ' ' &&
                    std::all_of(boundary.begin(), boundary.end(), allowed);
  return sane ? boundary : std::string();
}

std::string new_boundary() {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string boundary = "noctis-";
  std::uniform_int_distribution<size_t> pick(0, letters.size() - 1);
  for (int i = 0; i < 32; ++i) boundary += letters[pick(random)];
  return boundary;
}

multipart_parser::multipart_parser(std::string boundary, receiver to)
    : delimiter_("\r\n--" + std::move(boundary)), to_(std::move(to)), pending_("\r\n") {}

bool multipart_parser::fail(std::string why) {
  error_ = std::move(why);
  state_ = state::failed;
  return false;
}

bool multipart_parser::stop() {
  state_ = state::failed;
  return false;
}

bool multipart_parser::feed(const char* data, size_t size) {
  if (state_ == state::failed) return false;
  if (state_ == state::epilogue) return true;
  pending_.append(data, size);
  while (step()) {
  }
  return state_ != state::failed;
}

bool multipart_parser::step() {
  switch (state_) {
  case state::preamble:
    return read_preamble();
  case state::after_boundary:
    return read_after_boundary();
  case state::head:
    return read_head();
  case state::body:
    return read_body();
  default:
    return false;
  }
}

bool multipart_parser::read_preamble() {
  const auto found = pending_.find(delimiter_);
  if (found == std::string::npos) {
    if (pending_.size() > largest_head) return fail("The body does not begin with its boundary.");
    return false;
  }
  pending_.erase(0, found + delimiter_.size());
  state_ = state::after_boundary;
  return true;
}

bool multipart_parser::read_after_boundary() {
  if (pending_.size() < 2) return false;
  if (pending_.compare(0, 2, "--") == 0) {
    pending_.clear();
    state_ = state::epilogue;
    return false;
  }
  const auto line = pending_.find_first_not_of(" \t");
  if (line == std::string::npos || pending_.size() < line + 2)
    return pending_.size() > largest_head ? fail("A boundary's line is too long.") : false;
  if (pending_.compare(line, 2, "\r\n") != 0) return fail("A boundary is not followed by the end of its line.");
  if (++parts_ > most_parts) return fail("There are more than " + std::to_string(most_parts) + " parts.");
  pending_.erase(0, line); // the end of the line stays, so that an empty head ends like any other
  state_ = state::head;
  return true;
}

bool multipart_parser::read_head() {
  const auto end = pending_.find("\r\n\r\n");
  if (end == std::string::npos || end > largest_head) {
    if (pending_.size() > largest_head)
      return fail("The headers of a part are larger than " + std::to_string(largest_head) + " bytes.");
    return false;
  }
  if (pending_.size() < end + 2 + delimiter_.size()) return false;
  const auto head = parse_head(std::string_view(pending_).substr(0, end));
  const auto no_body = pending_.compare(end + 2, delimiter_.size(), delimiter_) == 0;
  pending_.erase(0, end + (no_body ? 2 : 4));
  state_ = state::body;
  return to_.begin(head) ? true : stop();
}

bool multipart_parser::read_body() {
  const auto found = pending_.find(delimiter_);
  const auto keep = delimiter_.size() - 1;
  const auto whole = found != std::string::npos;
  const auto size = whole ? found : (pending_.size() > keep ? pending_.size() - keep : 0);
  if (size > 0 && !to_.data(pending_.data(), size)) return stop();
  if (!whole) {
    pending_.erase(0, size);
    return false;
  }
  pending_.erase(0, found + delimiter_.size());
  state_ = state::after_boundary;
  return to_.end() ? true : stop();
}

} // namespace noctis
