#include "schema/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace noctis::schema {

namespace {

constexpr const char* replacement = "\xEF\xBF\xBD"; // U+FFFD

/// Returns the bytes of the UTF-8 character that `text` begins with (RFC 3629), 0 where it begins with none.
size_t character_length(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                        : first >= 0xE0 && first <= 0xEF ? 3
                        : first >= 0xF0 && first <= 0xF4 ? 4
                                                         : 0;
  if (length == 0 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const uint8_t second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F;
  const bool too_large = first == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

std::string storable(const std::string& text, size_t max_characters) {
  std::string result;
  result.reserve(text.size());
  std::string_view rest = text;
  for (size_t count = 0; !rest.empty() && count < max_characters;) {
    const size_t length = character_length(rest);
    if (length == 0) {
      result += replacement;
      ++count;
    } else if (rest[0] != '\0') {
      result += rest.substr(0, length);
      ++count;
    }
    rest.remove_prefix(std::max<size_t>(length, 1));
  }
  return result;
}

std::string storable_date(const std::string& date) {
  return date.size() == 8 && std::all_of(date.begin(), date.end(), is_digit) ? date : std::string{};
}

bool is_uid(const std::string& uid) {
  return !uid.empty() && uid.size() <= 64 &&
         std::all_of(uid.begin(), uid.end(), [](char c) { return is_digit(c) || c == '.'; });
}

bool is_digest(const std::string& digest) {
  return digest.size() == 32 &&
         std::all_of(digest.begin(), digest.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

std::string json_string(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<uint8_t>(c) < 0x20) {
      char escape[7];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<uint8_t>(c)));
      result += escape;
    } else {
      result += c;
    }
  }
  return result + '"';
}

} // namespace noctis::schema
