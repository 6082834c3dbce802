#include "dicom/pixels/jpeg_header.hpp"

#include "dicom/byte_order.hpp"

#include <cstddef>

namespace noctis {

namespace {

constexpr uint8_t start_of_image = 0xD8;
constexpr uint8_t start_of_scan = 0xDA;
constexpr size_t frame_header = 8; ///< bytes of it up to the number of samples

bool is_frame_marker(uint8_t marker) {
  // SOF0 to SOF15 but DHT, JPG and DAC, which stand among them.
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool stands_alone(uint8_t marker) { return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD9); }

} // namespace

caf::optional<jpeg_header> read_jpeg_header(const blob& coded) {
  const auto* bytes = coded.data();
  const auto size = coded.size();
  if (size < 4 || bytes[0] != 0xFF || bytes[1] != start_of_image) return caf::none;
  size_t at = 2;
  while (size - at >= 4) {
    if (bytes[at] != 0xFF) return caf::none;
    const auto marker = bytes[at + 1];
    if (marker == 0xFF || stands_alone(marker)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    const size_t length = read_u16(bytes + at + 2, true);
    if (marker == start_of_scan || length < 2 || length > size - at - 2) return caf::none;
    if (is_frame_marker(marker)) {
      if (length < frame_header) return caf::none;
      const auto* head = bytes + at + 4;
      return jpeg_header{static_cast<uint8_t>(marker - 0xC0), head[0], read_u16(head + 1, true),
                         read_u16(head + 3, true), head[5]};
    }
    at += 2 + length;
  }
  return caf::none;
}

} // namespace noctis
