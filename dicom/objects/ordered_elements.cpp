#include "dicom/objects/ordered_elements.hpp"

#include "dicom/data_set_writer.hpp"
#include "dicom/text.hpp"

#include <cstdio>

namespace noctis {

namespace {

constexpr size_t longest_code_value = 16;
constexpr size_t longest_string = 64;

std::string text_from(data_set_writer& writer) {
  const auto bytes = writer.take();
  return {bytes.begin(), bytes.end()};
}

std::string little_endian(uint32_t value, size_t size) {
  std::string result;
  for (size_t i = 0; i < size; ++i) result += static_cast<char>(value >> (8 * i) & 0xFFU);
  return result;
}

} // namespace

void ordered_elements::text(tag_number tag, vr representation, std::string_view value) {
  data_set_writer writer{false};
  writer.value(tag, representation, value);
  elements_[tag] = text_from(writer);
}

void ordered_elements::optional_text(tag_number tag, vr representation, std::string_view value) {
  if (!value.empty()) text(tag, representation, value);
}

void ordered_elements::words(tag_number tag, const std::vector<uint16_t>& values) {
  std::string bytes;
  for (const auto value : values) bytes += little_endian(value, 2);
  text(tag, vr::US, bytes);
}

void ordered_elements::longs(tag_number tag, const std::vector<uint32_t>& values) {
  std::string bytes;
  for (const auto value : values) bytes += little_endian(value, 4);
  text(tag, vr::UL, bytes);
}

void ordered_elements::pointer(tag_number tag, tag_number value) {
  text(tag, vr::AT, little_endian(value >> 16, 2) + little_endian(value & 0xFFFF, 2));
}

void ordered_elements::decimals(tag_number tag, const std::vector<double>& values) {
  std::string joined;
  for (const double value : values) joined += (joined.empty() ? "" : "\\") + decimal_string(value);
  text(tag, vr::DS, joined);
}

void ordered_elements::items(tag_number tag, const std::vector<ordered_elements>& items) {
  data_set_writer writer{false};
  const auto sequence = writer.begin_sequence(tag);
  for (const auto& one : items) {
    const auto item = writer.begin_item();
    writer.raw(one.encoded());
    writer.end(item);
  }
  writer.end(sequence);
  elements_[tag] = text_from(writer);
}

void ordered_elements::code(tag_number tag, const code_text& value) { items(tag, {code_item(value)}); }

std::string ordered_elements::encoded() const {
  size_t size = 0;
  for (const auto& one : elements_) size += one.second.size();
  std::string result;
  result.reserve(size);
  for (const auto& one : elements_) result += one.second;
  return result;
}

std::string decimal_string(double value) {
  char text[32];
  for (int digits = 15; digits > 0; --digits) {
    if (std::snprintf(text, sizeof text, "%.*g", digits, value) <= 16) break;
  }
  return text;
}

ordered_elements code_item(const code_text& code) {
  ordered_elements item;
  if (code.value.size() <= longest_code_value)
    item.text(0x00080100, vr::SH, code.value);
  else
    item.text(0x00080119, vr::UC, code.value);
  item.text(0x00080102, vr::SH, code.scheme);
  item.text(0x00080104, vr::LO, cut(code.meaning, longest_string));
  return item;
}

} // namespace noctis
