#include "http/representation/percent.hpp"

#include <cctype>

namespace noctis {

std::string percent_encoded(const std::string& text) {
  constexpr auto digits = "0123456789ABCDEF";
  std::string result;
  for (const unsigned char c : text) {
    if ((c < 0x80 && std::isalnum(c) != 0) || c == '-' || c == '_' || c == '.' || c == '~')
      result += static_cast<char>(c);
    else
      result.append({'%', digits[c >> 4u], digits[c & 15u]});
  }
  return result;
}

} // namespace noctis
