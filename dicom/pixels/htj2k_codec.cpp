#include "dicom/byte_order.hpp"
#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/samples.hpp"

#include <openjph/ojph_arch.h>
#include <openjph/ojph_codestream.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_message.h>
#include <openjph/ojph_params.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <iterator>
#include <mutex>
#include <string>
#include <utility>

namespace noctis {

namespace {

constexpr const char* codec = "HTJ2K";
constexpr uint32_t thumbnail_edge = 64; ///< of the smallest resolution, at most (PS3.5 10.18)
constexpr uint16_t start_of_tile_part = 0xFF90;
constexpr uint16_t tile_lengths = 0xFF55;

/// Silences OpenJPH, which prints what it then throws, and can't do without a stream to print to.
void prepare_library() {
  static std::once_flag once;
  std::call_once(once, [] {
    auto* nowhere = std::fopen("/dev/null", "w"); // for as long as the program runs
    if (!nowhere) return;
    ojph::set_error_stream(nowhere);
    ojph::set_warning_stream(nowhere);
    ojph::set_info_stream(nowhere);
  });
}

void configure(ojph::codestream& stream, const pixel_format& format, unsigned bits, bool progressive) {
  auto size = stream.access_siz();
  size.set_image_extent(ojph::point{format.columns, format.rows});
  size.set_num_components(format.samples);
  for (ojph::ui32 i = 0; i < format.samples; ++i) size.set_component(i, ojph::point{1, 1}, bits, format.is_signed);
  auto coding = stream.access_cod();
  uint32_t levels = 5;
  const auto shorter = std::min(format.rows, format.columns);
  const auto longer = std::max(format.rows, format.columns);
  if (progressive) {
    levels = 0;
    while (levels < 10 && ((longer - 1) >> levels) + 1 > thumbnail_edge) ++levels;
  }
  while (levels > 0 && shorter >> levels == 0) --levels;
  coding.set_num_decomposition(levels);
  coding.set_block_dims(64, 64);
  coding.set_progression_order("RPCL");
  coding.set_color_transform(format.interpretation == photometric::rgb);
  coding.set_reversible(true);
  stream.set_planar(false);
}

void push_rows(ojph::codestream& stream, const blob& samples, const pixel_format& format) {
  const unsigned cell = format.bits_allocated / 8U;
  const auto stride = size_t{cell} * format.samples;
  ojph::ui32 component = 0;
  auto* line = stream.exchange(nullptr, component);
  for (uint32_t y = 0; y < format.rows; ++y) {
    for (uint32_t s = 0; s < format.samples; ++s) {
      const auto* at = samples.data() + y * stride * format.columns + size_t{component} * cell;
      for (uint32_t x = 0; x < format.columns; ++x, at += stride) line->i32[x] = read_cell(at, cell, format.is_signed);
      line = stream.exchange(line, component);
    }
  }
}

/// Puts a TLM marker segment for the only tile-part before it (ISO 15444-1 A.7.1), which OpenJPH 0.9 doesn't write.
void insert_tile_lengths(blob::buffer& codestream) {
  size_t at = 2;
  while (at + 12 <= codestream.size()) {
    const auto marker = read_u16(codestream.data() + at, true);
    if (marker != start_of_tile_part) {
      at += 2 + size_t{read_u16(codestream.data() + at + 2, true)};
      continue;
    }
    // Psot: the length of the tile-part, four bytes in.
    const auto* length = codestream.data() + at + 6;
    const uint8_t segment[]{tile_lengths >> 8, tile_lengths & 0xFF, 0,         8,        0, 0x40,
                            length[0],         length[1],           length[2], length[3]};
    codestream.insert(codestream.begin() + static_cast<ptrdiff_t>(at), std::begin(segment), std::end(segment));
    return;
  }
}

} // namespace

frame_buffer encode_htj2k(const blob& samples, const pixel_format& format, bool progressive) try {
  if (auto err = check_encodable(samples, format, codec)) return err;
  prepare_library();
  ojph::codestream stream;
  configure(stream, format, needed_bits(samples, format), progressive);
  ojph::mem_outfile file;
  file.open(static_cast<size_t>(format.frame_bytes() / 2 + 4096));
  stream.write_headers(&file);
  push_rows(stream, samples, format);
  stream.flush();
  blob::buffer result{file.get_data(), file.get_data() + file.tell()};
  stream.close();
  if (progressive) insert_tile_lengths(result);
  return result;
} catch (const std::exception& problem) {
  return failure(errc::internal, std::string{"HTJ2K can't code the frame: "} + problem.what());
} catch (const char* problem) {
  return failure(errc::internal, std::string{"HTJ2K can't code the frame: "} + problem);
}

} // namespace noctis
