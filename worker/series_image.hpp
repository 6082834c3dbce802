#pragma once

#include "dicom/objects/made_object.hpp"
#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "imaging/slice.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// A stored image of a series, with one frame or many: as analysers see it.
class series_image {
public:
  /// Opens a Part 10 file in any transfer syntax whose pixels are decoded here. Errors: those of `plain_source`,
  /// `describe_image` and `index_frames`; `invalid_argument` for floating-point pixels.
  static caf::expected<series_image> open(blob part10);

  [[nodiscard]] const std::string& sop_instance_uid() const { return image_.description.sop_instance_uid; }
  /// Returns what refers to the image; `frame` is 1 for one with many frames, else 0.
  [[nodiscard]] object_reference reference() const;
  [[nodiscard]] uint32_t frames() const { return image_.description.frames; }

  /// Returns what the header says of the series; `slices` is left at 0.
  [[nodiscard]] series_traits traits() const;

  /// Returns the station's name, else the manufacturer's; "" where the header has neither.
  [[nodiscard]] std::string station() const;

  /// Returns frame `frame` (0 is the first) without its values: geometry of the frame's own functional groups, the
  /// shared ones, or the data set (PS3.3 C.7.6.16).
  [[nodiscard]] slice header(uint32_t frame) const;

  /// Returns frame `frame` with its values after rescale or Modality LUT; of colours their luminance. The sentence of
  /// an error names the instance and the frame. Errors: as `read_frame` and `decode_frame`.
  [[nodiscard]] caf::expected<slice> read(uint32_t frame) const;

private:
  series_image() = default;

  [[nodiscard]] caf::expected<std::vector<float>> values_of(uint32_t frame) const;

  attribute_set header_;
  image_file image_;
  image_description decoded_;
};

} // namespace noctis
