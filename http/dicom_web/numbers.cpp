#include "http/dicom_web/numbers.hpp"

#include <charconv>
#include <cmath>

namespace noctis {

namespace {

constexpr size_t longest_number = 32; // characters

} // namespace

std::optional<double> decimal_of(const std::string& text) {
  if (text.empty() || text.size() > longest_number) return std::nullopt;
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number, std::chars_format::general);
  if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::vector<std::string> comma_list(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const auto c : text) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

} // namespace noctis
