#include "dicom/data_set_writer.hpp"

#include "dicom/vr.hpp"

namespace noctis {

namespace {

constexpr size_t longest_short_value = 0xFFFE;

char padding_of(vr representation) {
  const bool binary = is_binary(representation) || representation == vr::UI;
  return binary ? '\0' : ' ';
}

} // namespace

void data_set_writer::value(tag_number tag, vr representation, std::string_view bytes) {
  const bool fits = has_long_length(representation) || bytes.size() <= longest_short_value;
  const auto length = static_cast<uint32_t>(bytes.size() + bytes.size() % 2);
  head(tag, fits ? representation : vr::UN, length);
  padded(bytes, padding_of(representation));
}

void data_set_writer::number16(tag_number tag, uint16_t number_value) {
  head(tag, vr::US, 2);
  number(number_value, 2);
}

void data_set_writer::number32(tag_number tag, uint32_t number_value) {
  head(tag, vr::UL, 4);
  number(number_value, 4);
}

size_t data_set_writer::begin_sequence(tag_number tag) {
  head(tag, vr::SQ, 0);
  return bytes_.size();
}

size_t data_set_writer::begin_item() {
  number(tags::item >> 16, 2);
  number(tags::item & 0xFFFF, 2);
  number(0, 4);
  return bytes_.size();
}

void data_set_writer::end(size_t begun) { put(begun - 4, bytes_.size() - begun, 4); }

void data_set_writer::fragments(const std::vector<std::vector<uint8_t>>& parts) {
  head(tags::pixel_data, vr::OB, undefined_length);
  end(begin_item());
  for (const auto& part : parts) {
    const auto begun = begin_item();
    padded({reinterpret_cast<const char*>(part.data()), part.size()}, '\0');
    end(begun);
  }
  number(tags::sequence_delimiter >> 16, 2);
  number(tags::sequence_delimiter & 0xFFFF, 2);
  number(0, 4);
}

void data_set_writer::undefined(tag_number tag, vr representation, std::string_view content) {
  head(tag, representation, undefined_length);
  bytes_.insert(bytes_.end(), content.begin(), content.end());
}

void data_set_writer::number(uint64_t value, size_t size) {
  bytes_.resize(bytes_.size() + size);
  put(bytes_.size() - size, value, size);
}

void data_set_writer::put(size_t at, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i)
    bytes_[at + (big_endian_ ? size - 1 - i : i)] = static_cast<uint8_t>(value >> (8 * i));
}

void data_set_writer::head(tag_number tag, vr representation, uint32_t length) {
  number(tag >> 16, 2);
  number(tag & 0xFFFF, 2);
  if (implicit_vr_) return number(length, 4);
  const auto letters = letters_of(representation);
  bytes_.insert(bytes_.end(), letters.begin(), letters.end());
  if (!has_long_length(representation)) return number(length, 2);
  number(0, 2);
  number(length, 4);
}

void data_set_writer::padded(std::string_view bytes, char padding) {
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  if (bytes.size() % 2 != 0) bytes_.push_back(static_cast<uint8_t>(padding));
}

} // namespace noctis
