#pragma once

#include "messages/blob.hpp"

#include <caf/optional.hpp>

#include <cstdint>

namespace noctis {

/// What the frame header of a JPEG says (ISO 10918-1 B.2.2).
struct jpeg_header {
  uint8_t process = 0; ///< the n of its SOFn marker: 0 baseline, 1 extended, 2 progressive, 3 lossless …
  uint8_t bits = 0;    ///< of a sample
  uint16_t rows = 0;
  uint16_t columns = 0;
  uint8_t samples = 0;
};

/// Reads the frame header of a JPEG; none where it has none.
caf::optional<jpeg_header> read_jpeg_header(const blob& coded);

} // namespace noctis
