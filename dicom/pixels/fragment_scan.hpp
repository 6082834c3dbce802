#pragma once

#include "dicom/pixels/byte_source.hpp"
#include "dicom/pixels/frame_index.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <vector>

namespace noctis {

/// The items of encapsulated Pixel Data (PS3.5 A.4).
struct fragment_scan {
  std::vector<uint64_t> offset_table; ///< the Basic Offset Table
  uint64_t first_item = 0;            ///< what its offsets count from, bytes from the start of the file
  std::vector<byte_range> fragments;
  std::vector<bool> starts_codestream; ///< whether a fragment begins with the start of a codestream
  uint64_t end = 0;                    ///< behind the sequence delimiter, or where the scan ended
};

/// Scans the items of encapsulated Pixel Data whose first begins at `offset`. A file that ends within a fragment has
/// the fragments before it. Errors: `malformed_data_set`, `limit_exceeded`, those of the source.
caf::expected<fragment_scan> scan_fragments(const byte_source& source, uint64_t offset);

} // namespace noctis
