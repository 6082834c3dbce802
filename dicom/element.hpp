#pragma once

#include <cstdint>
#include <string>

namespace noctis {

/// A tag as one number: group in the upper half, element in the lower.
using tag_number = uint32_t;

namespace tags {
inline constexpr tag_number item = 0xFFFEE000;
inline constexpr tag_number item_delimiter = 0xFFFEE00D;
inline constexpr tag_number sequence_delimiter = 0xFFFEE0DD;
inline constexpr tag_number float_pixel_data = 0x7FE00008;
inline constexpr tag_number double_float_pixel_data = 0x7FE00009;
inline constexpr tag_number pixel_data = 0x7FE00010;
} // namespace tags

/// The two letters of a value representation as a number (PS3.5 6.2).
constexpr uint16_t vr_letters(char first, char second) {
  return static_cast<uint16_t>(static_cast<uint8_t>(first) << 8 | static_cast<uint8_t>(second));
}

enum class vr : uint16_t {
  none = 0, ///< implicit VR: not written in the data set
  AE = vr_letters('A', 'E'),
  AS = vr_letters('A', 'S'),
  AT = vr_letters('A', 'T'),
  CS = vr_letters('C', 'S'),
  DA = vr_letters('D', 'A'),
  DS = vr_letters('D', 'S'),
  DT = vr_letters('D', 'T'),
  FD = vr_letters('F', 'D'),
  FL = vr_letters('F', 'L'),
  IS = vr_letters('I', 'S'),
  LO = vr_letters('L', 'O'),
  LT = vr_letters('L', 'T'),
  OB = vr_letters('O', 'B'),
  OD = vr_letters('O', 'D'),
  OF = vr_letters('O', 'F'),
  OL = vr_letters('O', 'L'),
  OV = vr_letters('O', 'V'),
  OW = vr_letters('O', 'W'),
  PN = vr_letters('P', 'N'),
  SH = vr_letters('S', 'H'),
  SL = vr_letters('S', 'L'),
  SQ = vr_letters('S', 'Q'),
  SS = vr_letters('S', 'S'),
  ST = vr_letters('S', 'T'),
  SV = vr_letters('S', 'V'),
  TM = vr_letters('T', 'M'),
  UC = vr_letters('U', 'C'),
  UI = vr_letters('U', 'I'),
  UL = vr_letters('U', 'L'),
  UN = vr_letters('U', 'N'),
  UR = vr_letters('U', 'R'),
  US = vr_letters('U', 'S'),
  UT = vr_letters('U', 'T'),
  UV = vr_letters('U', 'V'),
};

/// The length that stands for "until a delimiter" (PS3.5 7.1.1).
inline constexpr uint32_t undefined_length = 0xFFFFFFFF;

/// The header of one element.
struct element {
  tag_number tag = 0;
  vr representation = vr::none;
  bool big_endian = false; ///< byte order of its value
  uint32_t length = 0;     ///< of its value, bytes, or `undefined_length`
  uint32_t header = 0;     ///< bytes before its value
  uint64_t offset = 0;     ///< of its tag, bytes from the start of the (inflated) data set
  uint32_t depth = 0;      ///< sequences around it
};

/// Returns whether `tag` is Pixel Data, Float Pixel Data or Double Float Pixel Data.
constexpr bool is_pixel_data(tag_number tag) {
  return tag == tags::pixel_data || tag == tags::float_pixel_data || tag == tags::double_float_pixel_data;
}

/// Returns `tag` with its keyword, where the data dictionary has one: "PatientID (0010,0020)".
std::string describe_tag(tag_number tag);

/// Returns the keyword of `tag`, "" where the data dictionary has none.
std::string keyword_of(tag_number tag);

/// Returns the tag that has this keyword ("PatientID"), 0 where none has.
tag_number tag_of_keyword(const std::string& keyword);

/// Returns the VR that the data dictionary gives `tag`, `vr::UN` where it has none and for private tags. Of OB and
/// OW it is OW; of US and SS what `signed_pixels`, the Pixel Representation, says.
vr dictionary_vr(tag_number tag, bool signed_pixels = false);

/// Returns `tag` as the eight hex digits of DICOM JSON: "00100020".
std::string tag_digits(tag_number tag);

} // namespace noctis
