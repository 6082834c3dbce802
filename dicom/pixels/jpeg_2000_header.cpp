#include "dicom/pixels/jpeg_2000_header.hpp"

#include "dicom/byte_order.hpp"

#include <algorithm>

namespace noctis {

namespace {

constexpr uint32_t codestream_start = 0xFF4FFF51; ///< SOC and SIZ
constexpr uint32_t jp2_signature = 0x6A502020;
constexpr uint32_t codestream_box = 0x6A703263;
constexpr size_t header_bytes = 42; ///< from SOC to the number of components

/// Returns where the codestream begins, the size of `coded` where there is none.
size_t find_codestream(const blob& coded) {
  const auto* bytes = coded.data();
  if (coded.size() < 8 || read_u32(bytes + 4, true) != jp2_signature) return 0;
  uint64_t at = 0;
  while (at + 16 <= coded.size()) {
    uint64_t length = read_u32(bytes + at, true);
    uint64_t head = 8;
    if (length == 1) {
      length = read_u64(bytes + at + 8, true);
      head = 16;
    }
    if (read_u32(bytes + at + 4, true) == codestream_box) return static_cast<size_t>(at + head);
    if (length < head || length > coded.size() - at) break;
    at += length;
  }
  return coded.size();
}

} // namespace

caf::optional<jpeg_2000_header> read_jpeg_2000_header(const blob& coded) {
  jpeg_2000_header result;
  result.offset = find_codestream(coded);
  if (coded.size() - std::min(result.offset, coded.size()) < header_bytes) return caf::none;
  const auto* start = coded.data() + result.offset;
  if (read_u32(start, true) != codestream_start) return caf::none;
  const auto field = [start](size_t number) { return read_u32(start + 8 + 4 * number, true); };
  const auto right = field(0);
  const auto lower = field(1);
  const auto left = field(2);
  const auto upper = field(3);
  const auto tile_width = field(4);
  const auto tile_height = field(5);
  const auto tiles_left = field(6);
  const auto tiles_upper = field(7);
  if (right <= left || lower <= upper || tile_width == 0 || tile_height == 0 || tiles_left > left ||
      tiles_upper > upper)
    return caf::none;
  result.columns = right - left;
  result.rows = lower - upper;
  result.samples = read_u16(start + 40, true);
  const auto count = [](uint64_t length, uint64_t step) { return (length + step - 1) / step; };
  result.tiles = count(right - tiles_left, tile_width) * count(lower - tiles_upper, tile_height);
  result.tile_pixels = uint64_t{tile_width} * tile_height;
  return result;
}

} // namespace noctis
