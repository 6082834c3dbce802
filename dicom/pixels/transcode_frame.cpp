#include "dicom/inflater.hpp"
#include "dicom/pixels/codecs.hpp"
#include "dicom/pixels/compression.hpp"
#include "dicom/pixels/transcode.hpp"
#include "dicom/scan_limits.hpp"
#include "dicom/text.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace noctis {

namespace {

constexpr int jpeg_quality = 90;

/// Where codecs run; empty: here.
frame_transcoder& elsewhere() {
  static frame_transcoder instance;
  return instance;
}

caf::error unsupported(std::string_view uid, const char* what) {
  return failure(errc::unsupported_transfer_syntax,
                 "pixels can't be " + std::string{what} + " transfer syntax " + shown(uid));
}

/// Returns the format that a codec gives: as `decoded_description`, but naming the colours that it is given.
pixel_format coded_format(const pixel_format& stored) {
  auto result = stored;
  result.planar = false;
  if (result.interpretation == photometric::ybr_full_422) result.interpretation = photometric::ybr_full;
  return result;
}

/// Moves the samples of a native frame to one pixel after the other.
blob::buffer interleave(const blob& frame, const pixel_format& format) {
  const size_t cell = format.bits_allocated / 8U;
  const size_t pixels = size_t{format.rows} * format.columns;
  blob::buffer result(format.frame_bytes());
  for (size_t s = 0; s < format.samples; ++s) {
    const auto* from = frame.data() + s * pixels * cell;
    auto* to = result.data() + s * cell;
    for (size_t i = 0; i < pixels; ++i, from += cell, to += cell * format.samples) std::copy_n(from, cell, to);
  }
  return result;
}

/// Gives each pixel of a YBR_FULL_422 frame (Y1 Y2 Cb Cr) its own colours.
blob::buffer spread_colours(const blob& frame, const pixel_format& format) {
  const size_t cell = format.bits_allocated / 8U;
  const size_t pixels = size_t{format.rows} * format.columns;
  blob::buffer result(pixels * 3 * cell);
  for (size_t i = 0; i < pixels; ++i) {
    const auto* pair = frame.data() + i / 2 * 4 * cell;
    auto* to = result.data() + i * 3 * cell;
    std::copy_n(pair + i % 2 * cell, cell, to);
    std::copy_n(pair + 2 * cell, 2 * cell, to + cell);
  }
  return result;
}

frame_buffer decode_native(const blob& frame, const pixel_format& format) {
  if (frame.size() < format.frame_bytes())
    return failure(errc::truncated_data_set, "the frame has " + std::to_string(frame.size()) + " bytes instead of " +
                                                 std::to_string(format.frame_bytes()));
  if (format.interpretation == photometric::ybr_full_422) return spread_colours(frame, format);
  if (format.planar) return interleave(frame, format);
  return blob::buffer{frame.data(), frame.data() + format.frame_bytes()};
}

frame_buffer inflate_frame(const blob& frame, const pixel_format& format) {
  scan_limits limits;
  limits.inflated = format.frame_bytes() + 2;
  blob::buffer inflated;
  auto err = inflater{limits}.feed(frame.data(), frame.size(), [&inflated](const uint8_t* data, size_t size) {
    inflated.insert(inflated.end(), data, data + size);
    return caf::error{};
  });
  if (err) return err;
  return decode_native(blob{std::move(inflated)}, format);
}

frame_buffer decode(const blob& frame, const image_description& stored) {
  const auto format = coded_format(stored.format);
  switch (compression_of(stored.transfer_syntax_uid)) {
  case compression::none:
  case compression::wrapped:
    return decode_native(frame, stored.format);
  case compression::deflated_frames:
    return inflate_frame(frame, stored.format);
  case compression::rle:
    return decode_rle(frame, format);
  case compression::jpeg_baseline:
  case compression::jpeg_extended:
  case compression::jpeg_lossless:
  case compression::jpeg_lossless_sv1:
    return decode_jpeg(frame, format);
  case compression::jpeg_ls:
  case compression::jpeg_ls_near:
    return decode_jpeg_ls(frame, format);
  case compression::jpeg_2000:
  case compression::jpeg_2000_lossy:
  case compression::htj2k:
  case compression::htj2k_rpcl:
  case compression::htj2k_lossy:
    return decode_jpeg_2000(frame, format);
  case compression::unknown:
    break;
  }
  return unsupported(stored.transfer_syntax_uid, "decoded from");
}

frame_buffer encode(const blob& frame, const pixel_format& format, std::string_view to) {
  switch (compression_of(to)) {
  case compression::rle:
    return encode_rle(frame, format);
  case compression::jpeg_baseline:
    return encode_jpeg_8(frame, format, jpeg_quality);
  case compression::jpeg_lossless_sv1:
    return encode_jpeg_lossless(frame, format);
  case compression::jpeg_ls:
    return encode_jpeg_ls(frame, format);
  case compression::jpeg_2000:
    return encode_jpeg_2000(frame, format);
  case compression::htj2k:
    return encode_htj2k(frame, format, false);
  case compression::htj2k_rpcl:
    return encode_htj2k(frame, format, true);
  default:
    return unsupported(to, "encoded in");
  }
}

/// Whether a codec has to read the frames.
bool is_coded(const image_description& stored) {
  const auto how = compression_of(stored.transfer_syntax_uid);
  return how != compression::none && how != compression::wrapped && how != compression::deflated_frames;
}

caf::error check_decodable(const image_description& stored, const transcode_limits& limits) {
  const auto decoded = decoded_description(stored).format;
  if (decoded.frame_bytes() > limits.frame_bytes || stored.format.frame_bytes() > limits.frame_bytes)
    return failure(errc::limit_exceeded, "a frame has " + std::to_string(decoded.frame_bytes()) + " bytes");
  const auto bits = decoded.bits_allocated;
  const bool is_rle = compression_of(stored.transfer_syntax_uid) == compression::rle;
  if (is_coded(stored) && (bits < 8 || (bits > 16 && !is_rle)))
    return failure(errc::invalid_argument,
                   "BitsAllocated (0028,0100) is " + std::to_string(bits) + " of compressed pixels");
  return {};
}

} // namespace

void run_codecs_by(frame_transcoder transcoder) { elsewhere() = std::move(transcoder); }

bool can_transcode(std::string_view from, std::string_view to) {
  if (from == to) return true;
  const auto target = compression_of(to);
  if (target == compression::none &&
      (to != syntaxes::implicit_little && to != syntaxes::explicit_little && to != syntaxes::deflated_little))
    return false;
  return compression_of(from) != compression::unknown && is_encodable(target);
}

image_description decoded_description(const image_description& stored) {
  auto result = stored;
  auto& format = result.format;
  format.planar = false;
  if (format.samples == 1) return result;
  switch (compression_of(stored.transfer_syntax_uid)) {
  case compression::jpeg_baseline:
  case compression::jpeg_extended:
    format.interpretation = photometric::rgb;
    break;
  default:
    if (format.interpretation == photometric::ybr_full_422) format.interpretation = photometric::ybr_full;
    if (format.interpretation == photometric::ybr_ict || format.interpretation == photometric::ybr_rct)
      format.interpretation = photometric::rgb;
  }
  return result;
}

caf::expected<blob> decode_frame(const blob& frame, const image_description& stored, const transcode_limits& limits) {
  if (auto error = check_decodable(stored, limits)) return error;
  if (is_coded(stored) && elsewhere()) return elsewhere()(frame, stored, syntaxes::explicit_little);
  auto result = decode(frame, stored);
  if (!result) return result.error();
  return blob{std::move(*result)};
}

caf::expected<blob> encode_frame(const blob& frame, const image_description& decoded, std::string_view to) {
  if (compression_of(to) == compression::none) return frame;
  if (elsewhere()) {
    image_description native;
    native.transfer_syntax_uid = syntaxes::explicit_little;
    native.format = decoded.format;
    return elsewhere()(frame, native, to);
  }
  auto result = encode(frame, decoded.format, to);
  if (!result) return result.error();
  return blob{std::move(*result)};
}

caf::expected<blob> transcode_frame(const blob& frame, const image_description& stored, std::string_view to,
                                    const transcode_limits& limits) {
  const bool native = compression_of(to) == compression::none;
  if (stored.transfer_syntax_uid == to || (native && compression_of(stored.transfer_syntax_uid) == compression::none))
    return frame;
  if (!can_transcode(stored.transfer_syntax_uid, to)) return unsupported(to, "transcoded to");
  if (elsewhere()) {
    if (auto error = check_decodable(stored, limits)) return error;
    return elsewhere()(frame, stored, to);
  }
  auto decoded = decode_frame(frame, stored, limits);
  if (!decoded) return decoded.error();
  return encode_frame(*decoded, decoded_description(stored), to);
}

} // namespace noctis
