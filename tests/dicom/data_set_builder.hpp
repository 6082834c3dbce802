#pragma once

#include "dicom/element.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis::test {

inline constexpr const char* implicit_little = "1.2.840.10008.1.2";
inline constexpr const char* explicit_little = "1.2.840.10008.1.2.1";
inline constexpr const char* deflated_little = "1.2.840.10008.1.2.1.99";
inline constexpr const char* explicit_big = "1.2.840.10008.1.2.2";
inline constexpr const char* jpeg_baseline = "1.2.840.10008.1.2.4.50";

/// Writes data sets, broken ones too, element by element.
class data_set_builder {
public:
  explicit data_set_builder(std::string_view transfer_syntax = explicit_little)
      : implicit_(transfer_syntax == implicit_little), big_endian_(transfer_syntax == explicit_big) {}

  data_set_builder& u16(uint32_t value) {
    const auto high = static_cast<uint8_t>(value >> 8);
    const auto low = static_cast<uint8_t>(value);
    bytes_.push_back(big_endian_ ? high : low);
    bytes_.push_back(big_endian_ ? low : high);
    return *this;
  }

  data_set_builder& u32(uint32_t value) {
    return big_endian_ ? u16(value >> 16).u16(value & 0xFFFF) : u16(value & 0xFFFF).u16(value >> 16);
  }

  data_set_builder& raw(std::string_view text) {
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return *this;
  }

  data_set_builder& tag(tag_number number) { return u16(number >> 16).u16(number & 0xFFFF); }

  /// The header of an element, with any VR and any length.
  data_set_builder& head(tag_number number, std::string_view vr_name, uint32_t length) {
    tag(number);
    if (implicit_) return u32(length);
    raw(vr_name);
    const bool is_long = vr_name == "OB" || vr_name == "OW" || vr_name == "SQ" || vr_name == "UN" || vr_name == "UT" ||
                         vr_name == "UC" || vr_name == "UR" || vr_name == "OF" || vr_name == "OD" || vr_name == "OL";
    return is_long ? u16(0).u32(length) : u16(length);
  }

  /// An element with its value, as given: padding is the caller's.
  data_set_builder& text(tag_number number, std::string_view vr_name, std::string_view value) {
    return head(number, vr_name, static_cast<uint32_t>(value.size())).raw(value);
  }

  data_set_builder& number16(tag_number number, uint16_t value) { return head(number, "US", 2).u16(value); }
  data_set_builder& item(uint32_t length = undefined_length) { return tag(tags::item).u32(length); }
  data_set_builder& end_item() { return tag(tags::item_delimiter).u32(0); }
  data_set_builder& end_sequence() { return tag(tags::sequence_delimiter).u32(0); }

  /// The attributes that every instance must have.
  data_set_builder& identity(std::string_view sop_instance = "1.2.3.4") {
    return text(0x00080016, "UI", std::string_view{"1.2.840.10008.5.1.4.1.1.7\0", 26})
        .text(0x00080018, "UI", sop_instance)
        .text(0x0020000D, "UI", "1.2.31")
        .text(0x0020000E, "UI", "1.2.32");
  }

  [[nodiscard]] const std::vector<uint8_t>& bytes() const { return bytes_; }
  [[nodiscard]] const uint8_t* data() const { return bytes_.data(); }
  [[nodiscard]] size_t size() const { return bytes_.size(); }

private:
  bool implicit_;
  bool big_endian_;
  std::vector<uint8_t> bytes_;
};

} // namespace noctis::test
