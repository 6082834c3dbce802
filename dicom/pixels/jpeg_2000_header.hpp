#pragma once

#include "messages/blob.hpp"

#include <caf/optional.hpp>

#include <cstddef>
#include <cstdint>

namespace noctis {

/// What the SIZ marker segment of a JPEG 2000 codestream says (ISO 15444-1 A.5.1).
struct jpeg_2000_header {
  size_t offset = 0; ///< of the codestream: behind boxes where it stands in a JP2 file
  uint32_t columns = 0;
  uint32_t rows = 0;
  uint16_t samples = 0;
  uint64_t tiles = 0;
  uint64_t tile_pixels = 0; ///< of one tile
};

/// Reads the header of a JPEG 2000 codestream, bare or in a JP2 file; none where it has none or impossible sizes.
caf::optional<jpeg_2000_header> read_jpeg_2000_header(const blob& coded);

} // namespace noctis
