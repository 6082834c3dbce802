#include "dicom/byte_order.hpp"
#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/samples.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

// RLE Lossless is a page of code; the libraries that have it allocate and copy for each segment.

namespace noctis {

namespace {

constexpr const char* codec = "RLE";
constexpr size_t header_bytes = 64;
constexpr size_t most_segments = 15;
constexpr size_t longest_run = 128;

/// Every `stride`th byte of a frame: one byte of one sample of each pixel.
struct byte_plane {
  uint8_t* at;
  size_t left;
  size_t stride;

  bool put(const uint8_t* bytes, size_t count, size_t step) {
    count = std::min(count, left); // what a last run has too much
    for (size_t i = 0; i < count; ++i, at += stride, bytes += step) *at = *bytes;
    left -= count;
    return left > 0;
  }
};

/// Decodes one segment. Returns whether it filled the plane.
bool decode_segment(const uint8_t* at, const uint8_t* end, byte_plane plane) {
  while (at < end) {
    const size_t control = *at++;
    if (control == longest_run) continue;
    if (control < longest_run) {
      const auto count = control + 1;
      if (static_cast<size_t>(end - at) < count && plane.left > static_cast<size_t>(end - at)) return false;
      if (!plane.put(at, count, 1)) return true;
      at += count;
    } else {
      if (at == end) return false;
      if (!plane.put(at, 257 - control, 0)) return true;
      ++at;
    }
  }
  return false;
}

/// Appends the runs of one row of a plane.
void encode_row(const std::vector<uint8_t>& row, blob::buffer& out) {
  size_t at = 0;
  const auto run_at = [&row](size_t from) {
    size_t length = 1;
    while (from + length < row.size() && length < longest_run && row[from + length] == row[from]) ++length;
    return length;
  };
  while (at < row.size()) {
    const auto run = run_at(at);
    if (run > 1) {
      out.push_back(static_cast<uint8_t>(257 - run));
      out.push_back(row[at]);
      at += run;
      continue;
    }
    auto end = at + 1;
    // A run of two inside literals costs nothing; one of three is worth an end.
    while (end < row.size() && end - at < longest_run && run_at(end) < 3) ++end;
    out.push_back(static_cast<uint8_t>(end - at - 1));
    out.insert(out.end(), row.begin() + static_cast<ptrdiff_t>(at), row.begin() + static_cast<ptrdiff_t>(end));
    at = end;
  }
}

void put_u32(uint8_t* at, size_t value) { write_cell(at, 4, static_cast<int32_t>(value)); }

} // namespace

frame_buffer decode_rle(const blob& coded, const pixel_format& format) {
  const size_t cell = format.bits_allocated / 8U;
  const auto stride = cell * format.samples;
  if (coded.size() < header_bytes) return broken_codestream(codec, "it has no header");
  const auto segments = read_u32(coded.data(), false);
  if (cell == 0 || segments != stride)
    return broken_codestream(codec, std::to_string(segments) + " segments instead of " + std::to_string(stride));
  const size_t pixels = size_t{format.rows} * format.columns;
  blob::buffer result(format.frame_bytes());
  for (size_t i = 0; i < segments; ++i) {
    const size_t begin = read_u32(coded.data() + 4 + i * 4, false);
    const size_t end = i + 1 < segments ? read_u32(coded.data() + 8 + i * 4, false) : coded.size();
    if (begin < header_bytes || begin > end || end > coded.size())
      return broken_codestream(codec, "segment " + std::to_string(i + 1) + " lies outside of it");
    const auto sample = i / cell;
    const auto byte = cell - 1 - i % cell; // the most significant comes first
    byte_plane plane{result.data() + sample * cell + byte, pixels, stride};
    if (!decode_segment(coded.data() + begin, coded.data() + end, plane))
      return broken_codestream(codec, "segment " + std::to_string(i + 1) + " ends too early");
  }
  return result;
}

frame_buffer encode_rle(const blob& samples, const pixel_format& format) {
  const size_t cell = format.bits_allocated / 8U;
  const auto stride = cell * format.samples;
  if (cell == 0 || stride > most_segments)
    return failure(errc::unsupported_transfer_syntax,
                   "RLE can't hold samples of " + std::to_string(format.bits_allocated) + " bits");
  if (samples.size() < format.frame_bytes())
    return failure(errc::invalid_argument, "the frame has " + std::to_string(samples.size()) + " bytes");
  blob::buffer result(header_bytes);
  result.reserve(header_bytes + format.frame_bytes() / 2);
  put_u32(result.data(), stride);
  std::vector<uint8_t> row(format.columns);
  for (size_t i = 0; i < stride; ++i) {
    put_u32(result.data() + 4 + i * 4, result.size());
    const auto* at = samples.data() + i / cell * cell + (cell - 1 - i % cell);
    for (uint32_t y = 0; y < format.rows; ++y) {
      for (auto& byte : row) {
        byte = *at;
        at += stride;
      }
      encode_row(row, result);
    }
    if (result.size() % 2) result.push_back(0);
  }
  return result;
}

} // namespace noctis
