#pragma once

#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>
#include <caf/optional.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace noctis {

/// Returns the stored value in the cell at `at` (PS3.5 8.1.1): the bits that are stored, with their sign.
int64_t stored_value(const uint8_t* at, const pixel_format& format);

/// Makes a frame of one sample grey, 8 bits a pixel: Modality LUT, VOI LUT or window (PS3.4 N.2), inverted where the
/// image is; padding is black. `window`: instead of the header's. A frame without either shows all its values.
class grey_mapper {
public:
  grey_mapper(const image_description& decoded, uint32_t frame, caf::optional<voi_window> window);

  /// Returns the grey of each pixel of `samples`, `rows` × `columns`.
  [[nodiscard]] std::vector<uint8_t> map(const blob& samples) const;

  /// Returns what a stored value means to the modality: after rescale or Modality LUT.
  [[nodiscard]] double modality_value(int64_t stored) const;

private:
  [[nodiscard]] bool is_padding(int64_t stored) const;
  [[nodiscard]] voi_window whole_range(const blob& samples) const;
  [[nodiscard]] uint8_t grey(int64_t stored, const voi_window& window) const;
  [[nodiscard]] std::vector<uint8_t> map_bits(const blob& samples) const;

  const image_description& image_;
  const value_transform& values_;
  caf::optional<voi_window> window_;
  const lookup_table* voi_lut_ = nullptr;
  bool inverted_;
  bool padded_ = false;
  int64_t padding_from_ = 0; ///< stored values
  int64_t padding_to_ = 0;
};

} // namespace noctis
