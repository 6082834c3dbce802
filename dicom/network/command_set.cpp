#include "dicom/network/command_set.hpp"

#include <algorithm>
#include <cstddef>

namespace noctis {

namespace {

constexpr size_t longest_text = 64;

void append_number(std::vector<uint8_t>& bytes, size_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

void append_element(std::vector<uint8_t>& bytes, uint16_t number, const std::vector<uint8_t>& value) {
  append_number(bytes, 0x0000, 2);
  append_number(bytes, number, 2);
  append_number(bytes, value.size(), 4);
  bytes.insert(bytes.end(), value.begin(), value.end());
}

std::vector<uint8_t> padded(std::string_view value, uint8_t padding) {
  std::vector<uint8_t> bytes{value.begin(), value.end()};
  if (bytes.size() % 2 != 0) bytes.push_back(padding);
  return bytes;
}

std::vector<uint8_t> bytes_of(uint16_t value) {
  std::vector<uint8_t> bytes;
  append_number(bytes, value, 2);
  return bytes;
}

} // namespace

command_set& command_set::uid(command_element element, std::string_view value) {
  values_[static_cast<uint16_t>(element)] = padded(value, 0);
  return *this;
}

command_set& command_set::number(command_element element, uint16_t value) {
  values_[static_cast<uint16_t>(element)] = bytes_of(value);
  return *this;
}

command_set& command_set::text(command_element element, std::string_view value) {
  values_[static_cast<uint16_t>(element)] = padded(value.substr(0, longest_text), ' ');
  return *this;
}

std::vector<uint8_t> command_set::encode(bool has_data_set) const {
  constexpr uint16_t follows = 0x0001;
  constexpr uint16_t none = 0x0101;
  auto values = values_;
  values[static_cast<uint16_t>(command_element::data_set_type)] = bytes_of(has_data_set ? follows : none);
  std::vector<uint8_t> elements;
  for (const auto& [number, value] : values) append_element(elements, number, value);
  std::vector<uint8_t> length;
  append_number(length, elements.size(), 4);
  std::vector<uint8_t> result;
  append_element(result, 0x0000, length);
  result.insert(result.end(), elements.begin(), elements.end());
  return result;
}

} // namespace noctis
