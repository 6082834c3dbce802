#pragma once

#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstdint>

// The codecs, a source file for each. They know one form of decoded frames: native little endian, colour by pixel,
// `format.frame_bytes()` bytes, which their caller has bounded. Decoders take what fits `format` in rows, columns and
// samples, and no more bits than its cells have; everything else is `malformed_data_set`. Encoders take cells of 8
// and 16 bits (RLE also of 32); others are `unsupported_transfer_syntax`.

namespace noctis {

using frame_buffer = caf::expected<blob::buffer>;

/// RLE Lossless (PS3.5 G).
frame_buffer decode_rle(const blob& coded, const pixel_format& format);
frame_buffer encode_rle(const blob& samples, const pixel_format& format);

/// JPEG (ISO 10918-1) of 8 bits with DCT, by libjpeg-turbo. Three colours come out as RGB, whatever they were coded in.
frame_buffer decode_jpeg_8(const blob& coded, const pixel_format& format);
frame_buffer encode_jpeg_8(const blob& samples, const pixel_format& format, int quality);

/// JPEG of up to 16 bits lossless and of 12 bits with DCT, by DCMTK's libraries. Lossless colours stay what they are.
frame_buffer decode_jpeg_wide(const blob& coded, const pixel_format& format);
frame_buffer encode_jpeg_lossless(const blob& samples, const pixel_format& format);

/// Any JPEG: by whichever of the two the codestream asks for.
frame_buffer decode_jpeg(const blob& coded, const pixel_format& format);

/// JPEG-LS (ISO 14495-1), by CharLS.
frame_buffer decode_jpeg_ls(const blob& coded, const pixel_format& format);
frame_buffer encode_jpeg_ls(const blob& samples, const pixel_format& format);

/// JPEG 2000 (ISO 15444-1), also in a JP2 file, and its high-throughput form (ISO 15444-15), by OpenJPEG. RGB is
/// coded with the reversible colour transform.
frame_buffer decode_jpeg_2000(const blob& coded, const pixel_format& format);
frame_buffer encode_jpeg_2000(const blob& samples, const pixel_format& format);

/// High-Throughput JPEG 2000, by OpenJPH, whose decoder does not survive damaged codestreams. `progressive`: as HTJ2K
/// Lossless RPCL asks (PS3.5 10.18).
frame_buffer encode_htj2k(const blob& samples, const pixel_format& format, bool progressive);

} // namespace noctis
