#include "messages/json_text.hpp"

#include <cmath>

namespace noctis {

namespace {

/// Length of the UTF-8 sequence at the start of `text`, 0 where there is none.
size_t sequence_length(std::string_view text) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](size_t i) { return i < text.size() && (at(i) & 0xC0u) == 0x80; };
  const auto first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2) || (first == 0xE0 && at(1) < 0xA0) || (first == 0xED && at(1) > 0x9F)) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const auto whole = continues(1) && continues(2) && continues(3);
    return !whole || (first == 0xF0 && at(1) < 0x90) || (first == 0xF4 && at(1) > 0x8F) ? 0 : 4;
  }
  return 0;
}

bool is_ascii(std::string_view text) {
  for (const auto c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

} // namespace

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 0)
      result += "\xEF\xBF\xBD";
    else
      result.append(text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

void json_text::value(std::string_view text) {
  if (is_ascii(text)) {
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    return;
  }
  const auto clean = valid_utf8(text);
  writer_.String(clean.data(), static_cast<rapidjson::SizeType>(clean.size()));
}

void json_text::value(double number) {
  if (std::isfinite(number))
    writer_.Double(number);
  else
    writer_.Null();
}

void json_text::raw(std::string_view document) {
  writer_.RawValue(document.data(), document.size(), rapidjson::kObjectType);
}

std::string json_of(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

} // namespace noctis
