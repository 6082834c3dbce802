#pragma once

#include "dicom/pixels/byte_source.hpp"
#include "dicom/pixels/image_description.hpp"
#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <vector>

namespace noctis {

/// The bytes of a fragment's value, or of native Pixel Data.
struct byte_range {
  uint64_t offset = 0; ///< from the start of the file
  uint64_t length = 0;
};

/// Where the frames of one instance lie in its Part 10 file.
struct frame_index {
  bool encapsulated = false;
  uint8_t swap = 1;                     ///< native Pixel Data: bytes of the big endian words to turn; 1: none
  uint32_t declared_frames = 0;         ///< what the header promises
  uint64_t frame_count = 0;             ///< frames that are there; fewer than declared in a cut file
  uint64_t frame_bits = 0;              ///< of one frame, native Pixel Data
  byte_range pixels;                    ///< native Pixel Data
  std::vector<byte_range> fragments;    ///< encapsulated Pixel Data, without the offset table
  std::vector<uint32_t> first_fragment; ///< of each frame, and the number of fragments at the end
  uint64_t end = 0;                     ///< of Pixel Data, bytes from the start of the file
};

/// Finds the frames of the image in a Part 10 file, which `description` describes: native, also of single bits, or
/// encapsulated with a basic or extended offset table (PS3.5 A.4, PS3.3 C.7.6.3.1.8). Tables that don't fit the
/// fragments are not believed; then, and without one, a frame is a fragment, or begins where a fragment begins
/// with the start of a codestream. A video is one frame. Reads headers of items, no pixels. A deflated file must be
/// made plain first (`plain_source`). Errors: as `describe_image`, `malformed_data_set` for fragments that are none.
caf::expected<frame_index> index_frames(const byte_source& source, const image_description& description);

/// Reads frame `frame` (0 is the first) in its stored encoding: the fragments joined, or native pixels in little
/// endian, the single bits of a frame moved to the first bit. Errors: `not_found` ("frame 7 of 5"),
/// `truncated_data_set` where a cut file has lost it, `limit_exceeded` for a frame above 2 GiB, those of the source.
caf::expected<blob> read_frame(const byte_source& source, const frame_index& index, uint64_t frame);

/// Returns `source` itself, or, where it is deflated, its inflated form (Explicit VR Little Endian) in memory.
/// Errors: `limit_exceeded` where it inflates beyond `max_bytes` or suspiciously well, `malformed_data_set`.
caf::expected<byte_source> plain_source(const byte_source& source, uint64_t max_bytes = uint64_t{1} << 30);

/// An image that is open for reading, frame after frame.
struct image_file {
  byte_source source; ///< plain
  image_description description;
  frame_index frames;

  /// Returns frame `frame` in its stored encoding, see `read_frame`.
  [[nodiscard]] caf::expected<blob> frame(uint64_t frame) const { return read_frame(source, frames, frame); }
};

/// Opens the image in a Part 10 file: plain, described and indexed. Its description names the transfer syntax of the
/// plain source.
caf::expected<image_file> open_image(const byte_source& source);

} // namespace noctis
