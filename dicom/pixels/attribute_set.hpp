#pragma once

#include "dicom/element.hpp"
#include "dicom/part10.hpp"
#include "dicom/pixels/byte_source.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace noctis {

/// The attributes of a data set, or of an item of one, that describe pixels.
class attribute_set {
public:
  /// The raw value of an attribute.
  struct raw_value {
    vr representation = vr::none;
    bool big_endian = false;
    std::string bytes;
  };

  /// Returns the value of `tag`, nullptr where there is none.
  [[nodiscard]] const raw_value* find(tag_number tag) const;

  /// Returns the items of the sequence `tag`; none where it is absent.
  [[nodiscard]] const std::vector<attribute_set>& items(tag_number tag) const;

  /// Returns the numbers of `tag`, those that are none left out. US or SS in implicit VR is what `is_signed` says.
  [[nodiscard]] std::vector<double> numbers(tag_number tag, bool is_signed = false) const;

  /// Returns the first number of `tag`, where there is one.
  [[nodiscard]] caf::optional<double> number(tag_number tag, bool is_signed = false) const;

  /// Returns the value of `tag` as unsigned words of 16 bits.
  [[nodiscard]] std::vector<uint16_t> words(tag_number tag) const;

  /// Returns the raw text of `tag`, trimmed; "" where there is none.
  [[nodiscard]] std::string text(tag_number tag) const;

private:
  friend class attribute_collector;

  std::map<tag_number, raw_value> values_;
  std::map<tag_number, std::vector<attribute_set>> sequences_;
};

/// Where a data set has its pixels.
struct pixel_element {
  tag_number tag = 0; ///< 0 where it has none
  vr representation = vr::none;
  bool fragmented = false;
  uint64_t tag_offset = 0; ///< bytes from the start of the data set, inflated
  uint64_t offset = 0;     ///< of the value or the first item, likewise
  uint32_t length = 0;     ///< of a native value
};

/// What stands before the pixels of a Part 10 file.
struct image_header {
  std::string transfer_syntax_uid;
  std::string source_aet;
  uint64_t data_set_offset = 0; ///< bytes from the start of the file
  attribute_set attributes;
  pixel_element pixels;
};

/// Reads the file meta information of the Part 10 file `source`. Errors: as `read_part10_meta`, those of the source.
caf::expected<part10_meta> read_file_meta(const byte_source& source);

/// Reads what stands before the pixels of the Part 10 file `source`: at most 64 MiB. Errors: those of the source, and
/// as `data_set_parser`.
caf::expected<image_header> read_image_header(const byte_source& source);

} // namespace noctis
