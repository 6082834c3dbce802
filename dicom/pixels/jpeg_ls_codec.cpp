#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/jpeg_ls_scans.hpp"
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

/// Decodes a codestream of one scan. What follows the scan, where CharLS expects the end, doesn't count: all samples
/// are there.
void decode_scan(const charls::jpegls_decoder& decoder, blob::buffer& to) try {
  decoder.decode(to);
} catch (const charls::jpegls_error& problem) {
  const bool at_end = problem.code() == charls::jpegls_errc::jpeg_marker_start_byte_not_found ||
                      problem.code() == charls::jpegls_errc::end_of_image_marker_not_found ||
                      problem.code() == charls::jpegls_errc::too_much_encoded_data;
  if (!at_end) throw;
}

/// Moves the samples of a scan, whose components are `count` from `first` on, into the cells of a frame. Coded as
/// unsigned numbers of `bits` bits, signed values get their sign back.
void move_samples(const blob::buffer& scan, unsigned bits, size_t first, size_t count, const pixel_format& format,
                  blob::buffer& frame) {
  const unsigned narrow = bits > 8 ? 2 : 1;
  const unsigned cell = format.bits_allocated / 8U;
  const size_t pixels = size_t{format.rows} * format.columns;
  const auto sign = format.is_signed && bits < format.bits_allocated ? int32_t{1} << (bits - 1) : 0;
  const auto* from = scan.data();
  for (size_t i = 0; i < pixels; ++i) {
    auto* to = frame.data() + (i * format.samples + first) * cell;
    for (size_t s = 0; s < count; ++s, from += narrow, to += cell)
      write_cell(to, cell, (read_cell(from, narrow, false) ^ sign) - sign);
  }
}

} // namespace

frame_buffer decode_jpeg_ls(const blob& coded, const pixel_format& format) try {
  const auto scans = divide_into_scans(coded);
  blob::buffer result(format.frame_bytes());
  size_t components = 0;
  for (const auto& scan : scans) {
    const charls::jpegls_decoder decoder{scan.codestream, true};
    const auto& info = decoder.frame_info();
    const auto bits = static_cast<unsigned>(info.bits_per_sample);
    const bool last = &scan == &scans.back();
    const auto total = last ? components + scan.components : format.samples;
    if (auto err = check_shape({info.height, info.width, total, bits}, format)) return err;
    if (components + scan.components > format.samples) return broken_codestream(codec, "it has too many components");
    blob::buffer decoded(decoder.destination_size());
    decode_scan(decoder, decoded);
    move_samples(decoded, bits, components, scan.components, format, result);
    components += scan.components;
  }
  if (scans.empty()) return broken_codestream(codec, "it has no scan");
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
