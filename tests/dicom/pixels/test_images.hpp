#pragma once

#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace noctis::test {

/// Returns a format of 61 rows and 83 columns: odd, so that nothing fits by chance.
pixel_format make_format(uint16_t bits_stored, bool is_signed, uint16_t samples = 1);

/// Returns a frame of that format with gradients, edges, noise and both ends of the range; `seed` tells frames apart.
blob make_frame(const pixel_format& format, uint32_t seed = 1);

/// Returns a description of `frames` frames of `format`, in transfer syntax `uid`.
image_description make_description(const pixel_format& format, const std::string& uid, uint32_t frames = 1);

/// Writes Part 10 files of images, broken ones too.
class image_writer {
public:
  /// An image of `format`, in transfer syntax `uid` (explicit VR little endian but for the pixels).
  explicit image_writer(const pixel_format& format, std::string uid = "1.2.840.10008.1.2.1", uint32_t frames = 1);

  /// Bytes of elements that stand behind the pixel module.
  image_writer& attributes(const blob::buffer& elements);
  /// Native pixels.
  image_writer& native(const std::vector<blob>& frames);
  /// A basic offset table with these entries, or none (an empty item), then the fragments.
  image_writer& fragments(const std::vector<uint32_t>& offsets, const std::vector<blob>& parts);

  [[nodiscard]] blob file() const { return blob{bytes_}; }
  [[nodiscard]] const blob::buffer& bytes() const { return bytes_; }

private:
  blob::buffer bytes_;
};

/// Returns `bytes` in pieces of `size` bytes.
std::vector<blob> pieces_of(const blob& bytes, size_t size);

} // namespace noctis::test
