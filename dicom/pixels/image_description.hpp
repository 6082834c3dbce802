#pragma once

#include "dicom/pixels/byte_source.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// What the numbers of a frame mean to the eye (PS3.3 C.7.6.3.1.2).
enum class photometric : uint8_t {
  unknown,
  monochrome1,
  monochrome2,
  palette_color,
  rgb,
  ybr_full,
  ybr_full_422,
  ybr_partial_420,
  ybr_ict,
  ybr_rct,
};

/// Returns the Photometric Interpretation, as it is written in a data set; "" for `unknown`.
std::string_view to_string(photometric value);

/// How a frame's samples lie: what a codec must know (PS3.3 C.7.6.3).
struct pixel_format {
  uint32_t rows = 0;
  uint32_t columns = 0;
  uint16_t samples = 1; ///< for each pixel
  photometric interpretation = photometric::unknown;
  bool planar = false; ///< Planar Configuration 1: all of a colour before the next
  uint16_t bits_allocated = 0;
  uint16_t bits_stored = 0;
  uint16_t high_bit = 0;
  bool is_signed = false;

  /// Bytes of one frame in native encoding; a frame of single bits fills up its last byte.
  [[nodiscard]] uint64_t frame_bytes() const;
  /// Bits of one frame in native encoding, where frames of single bits follow each other without a gap (PS3.5 8.2).
  [[nodiscard]] uint64_t frame_bits() const;
};

/// Values to values: Modality LUT (PS3.3 C.11.1) or VOI LUT (C.11.2).
struct lookup_table {
  int32_t first = 0;             ///< the value that `entries[0]` stands for
  uint16_t bits = 16;            ///< of an entry
  std::vector<uint16_t> entries; ///< values below and above get the first and the last
  std::string explanation;
};

/// One colour of a palette (PS3.3 C.7.9), segments expanded, scaled to 16 bits.
using palette_channel = lookup_table;

enum class window_function : uint8_t { linear, linear_exact, sigmoid };

/// A window of PS3.3 C.11.2.1.2.
struct voi_window {
  double centre = 0;
  double width = 1;
  window_function function = window_function::linear;
  std::string explanation;
};

/// How stored values become values of the modality and then of the screen; of a frame or of all.
struct value_transform {
  double slope = 1;
  double intercept = 0;
  std::string rescale_type;                 ///< "HU" …, "" where it is not said
  caf::optional<lookup_table> modality_lut; ///< instead of slope and intercept
  std::vector<voi_window> windows;
  std::vector<lookup_table> voi_luts; ///< before `windows` where both are there
};

/// What a header says to print over an image (PS3.18 8.3.5.1.2); UTF-8, "" where it is not said.
struct image_captions {
  std::string patient_name;
  std::string patient_id;
  std::string patient_birth_date;
  std::string patient_sex;
  std::string study_date;
  std::string study_description;
  std::string series_description;
  std::string modality;
  std::string manufacturer;
  std::string institution;
  std::string laterality;
  std::string instance_number;
  std::string kvp;
  std::string slice_thickness; ///< mm
  std::string repetition_time; ///< ms
  std::string echo_time;       ///< ms
};

/// What the header of an image says of its pixels. Everything but `format` and `frames` may be absent.
struct image_description {
  std::string transfer_syntax_uid;
  std::string sop_class_uid;
  std::string sop_instance_uid;
  pixel_format format;
  uint32_t frames = 1;
  value_transform values;                    ///< of all frames
  std::vector<value_transform> frame_values; ///< one for each frame, or none (PS3.3 C.7.6.16)
  std::array<palette_channel, 3> palette;    ///< red, green, blue
  caf::optional<int32_t> padding_value;      ///< Pixel Padding Value, a stored value
  caf::optional<int32_t> padding_limit;      ///< Pixel Padding Range Limit
  double pixel_height = 1;                   ///< to `pixel_width`: from Pixel Aspect Ratio or the spacings
  double pixel_width = 1;
  std::string lossy_compression;     ///< Lossy Image Compression: "01", "00" or ""
  bool inverse_presentation = false; ///< Presentation LUT Shape INVERSE
  bool float_pixels = false;         ///< Float or Double Float Pixel Data: not rendered or transcoded
  image_captions captions;

  /// Returns the transform of frame `frame` (0 is the first).
  [[nodiscard]] const value_transform& values_of(uint32_t frame) const;
};

/// Reads the description of the image in a Part 10 file; reads no pixels and no more than 64 MiB of header.
/// Errors: those of the source, `malformed_data_set` and `truncated_data_set` for what is no data set, `not_found`
/// for one without pixels, `invalid_argument` where the pixel module contradicts itself (the sentence names the
/// attribute and its value), `limit_exceeded`.
caf::expected<image_description> describe_image(const byte_source& source);

} // namespace noctis
