#pragma once

#include "dicom/element.hpp"
#include "dicom/pixels/byte_source.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace noctis {

/// Where the value of one element lies in a Part 10 file.
struct bulk_location {
  uint64_t offset = 0;       ///< bytes from the start of the source
  uint64_t length = 0;       ///< bytes; 0 for `encapsulated`
  bool encapsulated = false; ///< Pixel Data in fragments
  uint8_t word = 1;          ///< bytes of a word of its VR …
  bool big_endian = false;   ///< … which lies turned
};

/// Returns the way to an element that the URI of bulk data ends with (`json_options::bulk_data_uri`): tags and item
/// numbers from 1 in turn, "00089215/1/00420011". Error: `invalid_argument`.
caf::expected<std::vector<uint32_t>> bulk_data_path(std::string_view text);

/// Finds the element at `path` in a Part 10 file that is not deflated. Reads the file up to it. Errors: `not_found`,
/// those of the source and of `data_set_parser`.
caf::expected<bulk_location> find_bulk_data(const byte_source& source, const std::vector<uint32_t>& path);

} // namespace noctis
