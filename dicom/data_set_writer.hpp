#pragma once

#include "dicom/element.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace noctis {

/// Writes the elements of a data set. Values are given in its byte order; they are padded to an even length; one that
/// is too long for the length field of its VR becomes UN (PS3.5 6.2.2).
class data_set_writer {
public:
  explicit data_set_writer(bool implicit_vr, bool big_endian = false)
      : implicit_vr_(implicit_vr), big_endian_(big_endian) {}

  void value(tag_number tag, vr representation, std::string_view bytes);

  void number16(tag_number tag, uint16_t number);
  void number32(tag_number tag, uint32_t number);

  /// Begins a sequence or an item of defined length; `end` with what it returned gives it its length.
  size_t begin_sequence(tag_number tag);
  size_t begin_item();
  void end(size_t begun);

  /// Writes encapsulated Pixel Data: an empty offset table and these fragments (PS3.5 A.4).
  void fragments(const std::vector<std::vector<uint8_t>>& parts);

  /// Writes an element of undefined length: its header, and `content` with all that follows it up to its delimiter.
  void undefined(tag_number tag, vr representation, std::string_view content);

  /// Writes elements that are encoded already.
  void raw(std::string_view elements) { bytes_.insert(bytes_.end(), elements.begin(), elements.end()); }

  [[nodiscard]] size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::vector<uint8_t> take() { return std::move(bytes_); }

private:
  void number(uint64_t value, size_t size);
  void put(size_t at, uint64_t value, size_t size);
  void head(tag_number tag, vr representation, uint32_t length);
  void padded(std::string_view bytes, char padding);

  bool implicit_vr_;
  bool big_endian_;
  std::vector<uint8_t> bytes_;
};

} // namespace noctis
