#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/samples.hpp"

#include <charls/charls.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <utility>

namespace noctis {

namespace {

constexpr const char* codec = "JPEG-LS";
constexpr int least_bits = 2;

/// Moves samples of `from` bytes, by plane or by pixel, into cells of `format`. Coded as unsigned numbers of `bits`
/// bits, signed values get their sign back.
void move_samples(const blob::buffer& from, size_t from_bytes, bool by_plane, unsigned bits, const pixel_format& format,
                  blob::buffer& to) {
  const unsigned cell = format.bits_allocated / 8U;
  const size_t pixels = size_t{format.rows} * format.columns;
  const auto sign = format.is_signed && bits < format.bits_allocated ? int32_t{1} << (bits - 1) : 0;
  for (size_t i = 0; i < pixels; ++i) {
    for (size_t s = 0; s < format.samples; ++s) {
      const auto source = by_plane ? s * pixels + i : i * format.samples + s;
      const auto value = read_cell(from.data() + source * from_bytes, static_cast<unsigned>(from_bytes), false);
      write_cell(to.data() + (i * format.samples + s) * cell, cell, (value ^ sign) - sign);
    }
  }
}

/// Decodes the scans. Some encoders leave a byte between the only scan and the end, at which CharLS stumbles when all
/// samples are there.
void decode_scans(const charls::jpegls_decoder& decoder, bool only_one, blob::buffer& to) try {
  decoder.decode(to);
} catch (const charls::jpegls_error& problem) {
  const bool at_end = problem.code() == charls::jpegls_errc::jpeg_marker_start_byte_not_found ||
                      problem.code() == charls::jpegls_errc::end_of_image_marker_not_found;
  if (!only_one || !at_end) throw;
}

} // namespace

frame_buffer decode_jpeg_ls(const blob& coded, const pixel_format& format) try {
  const charls::jpegls_decoder decoder{coded.data(), coded.size()};
  const auto& info = decoder.frame_info();
  const auto bits = static_cast<unsigned>(info.bits_per_sample);
  if (auto err = check_shape({info.height, info.width, static_cast<uint64_t>(info.component_count), bits}, format))
    return err;
  blob::buffer decoded(decoder.destination_size());
  const bool by_plane = format.samples > 1 && decoder.interleave_mode() == charls::interleave_mode::none;
  decode_scans(decoder, !by_plane, decoded);
  const size_t bytes = bits > 8 ? 2 : 1;
  const bool signs = format.is_signed && bits < format.bits_allocated;
  if (bytes * 8 == format.bits_allocated && !by_plane && !signs) return decoded;
  blob::buffer result(format.frame_bytes());
  move_samples(decoded, bytes, by_plane, bits, format, result);
  return result;
} catch (const std::exception& problem) {
  return broken_codestream(codec, problem.what());
}

frame_buffer encode_jpeg_ls(const blob& samples, const pixel_format& format) try {
  if (auto err = check_encodable(samples, format, codec)) return err;
  // JPEG-LS knows no sign: signed cells are coded whole, which keeps every bit of them.
  const auto needed = format.is_signed ? format.bits_allocated : needed_bits(samples, format);
  const auto bits = std::max(static_cast<int>(needed), least_bits);
  blob::buffer narrow;
  const auto* data = samples.data();
  auto size = static_cast<size_t>(format.frame_bytes());
  if (format.bits_allocated == 16 && bits <= 8) { // CharLS takes such samples in bytes
    narrow.resize(size / 2);
    for (size_t i = 0; i < narrow.size(); ++i) narrow[i] = data[i * 2];
    data = narrow.data();
    size = narrow.size();
  }
  charls::jpegls_encoder encoder;
  encoder.frame_info({format.columns, format.rows, bits, format.samples})
      .interleave_mode(format.samples > 1 ? charls::interleave_mode::line : charls::interleave_mode::none);
  blob::buffer result(encoder.estimated_destination_size());
  encoder.destination(result);
  result.resize(encoder.encode(data, size));
  return result;
} catch (const std::exception& problem) {
  return failure(errc::internal, std::string{"JPEG-LS can't code the frame: "} + problem.what());
}

} // namespace noctis
