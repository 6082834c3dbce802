#include "http/server/host_check.hpp"

#include <algorithm>
#include <cctype>

namespace noctis {

namespace {

/// The name without the port, in lower case; "" where it is none.
std::string host_name(const std::string& header) {
  auto end = header.find(':');
  if (!header.empty() && header.front() == '[') {
    end = header.find(']');
    if (end == std::string::npos) return {};
    ++end;
  }
  auto name = header.substr(0, end);
  if (!name.empty() && name.back() == '.') name.pop_back();
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto sane = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
  };
  return std::all_of(name.begin(), name.end(), sane) ? name : std::string();
}

bool port_is_sane(const std::string& header, size_t name_length) {
  const auto rest = header.substr(std::min(name_length, header.size()));
  return rest.empty() || rest == "." || std::all_of(rest.begin(), rest.end(), [](unsigned char c) {
           return std::isdigit(c) != 0 || c == ':' || c == '.';
         });
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

} // namespace

bool host_allowed(const http_options& options, const std::string& header) {
  const auto name = host_name(header);
  if (name.empty() || !port_is_sane(header, name.size())) return false;
  if (options.local_mode && (name == "localhost" || name == "127.0.0.1" || name == "[::1]")) return true;
  return std::any_of(options.allowed_hosts.begin(), options.allowed_hosts.end(), [&](const std::string& allowed) {
    if (allowed == "*") return true;
    if (!allowed.empty() && allowed.front() == '.') return name == allowed.substr(1) || ends_with(name, allowed);
    return name == allowed;
  });
}

} // namespace noctis
