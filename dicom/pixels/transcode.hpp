#pragma once

#include "dicom/pixels/byte_source.hpp"
#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <functional>
#include <string_view>

namespace noctis {

/// What a transcoding may use at most; beyond it `errc::limit_exceeded`, before it is allocated.
struct transcode_limits {
  uint64_t frame_bytes = uint64_t{512} << 20; ///< of one decoded frame
  uint64_t file_bytes = uint64_t{4} << 30;    ///< of the source and of the result, each
};

/// Does what `transcode_frame` does.
using frame_transcoder =
    std::function<caf::expected<blob>(const blob& frame, const image_description& stored, std::string_view to)>;

/// Has codecs run elsewhere from now on, as in processes of their own; an empty one: here again, as they do without
/// it. To be called while nothing else of this file is under way.
void run_codecs_by(frame_transcoder elsewhere);

/// Returns whether pixels in transfer syntax `from` can be written in `to`. Never decoded: MPEG, HEVC, JPEG XL,
/// JPIP. Never a target, though decoded: what loses information, but JPEG Baseline (for 8 bits), and big endian.
bool can_transcode(std::string_view from, std::string_view to);

/// Returns the form that frames of `stored` have once decoded: native little endian, colours pixel by pixel, RGB
/// where the codec's own colour transform was undone.
image_description decoded_description(const image_description& stored);

/// Decodes one frame of the image that `stored` describes, in its transfer syntax, into the form that
/// `decoded_description(stored)` says. Errors: `malformed_data_set` for a codestream that is broken, cut or of
/// another size than the header says; `limit_exceeded`; `unsupported_transfer_syntax`.
caf::expected<blob> decode_frame(const blob& frame, const image_description& stored,
                                 const transcode_limits& limits = {});

/// Encodes one frame of the form `decoded` (native little endian, pixel by pixel) in transfer syntax `to`.
/// Errors: `unsupported_transfer_syntax` for what is no target or can't hold these samples; `invalid_argument` for a
/// frame of the wrong size.
caf::expected<blob> encode_frame(const blob& frame, const image_description& decoded, std::string_view to);

/// Decodes a frame and encodes it in `to`; the same bytes where both are the same or native. Errors: as of the two.
caf::expected<blob> transcode_frame(const blob& frame, const image_description& stored, std::string_view to,
                                    const transcode_limits& limits = {});

/// Writes a Part 10 file anew in transfer syntax `to`, with or without pixels: attributes of the pixel module, offset
/// table and file meta information say what is so then (PS3.5 8, A.4); the rest keeps its values. An image keeps its
/// identity, unless `to` loses information (JPEG Baseline): then it gets a new SOP Instance UID (PS3.3 C.7.6.1.1.5).
/// One frame is decoded at a time; the result is in memory. Errors: as `transcode_frame` (the sentence names the
/// frame), those of the source, `malformed_data_set`.
caf::expected<blob> transcode(const byte_source& source, std::string_view to, const transcode_limits& limits = {});

} // namespace noctis
