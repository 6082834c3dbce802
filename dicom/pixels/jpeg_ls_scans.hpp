#pragma once

#include "messages/blob.hpp"

#include <cstdint>
#include <vector>

namespace noctis {

/// One scan of a JPEG-LS codestream as a codestream of its own, with an end at which no decoder can lose itself.
struct jpeg_ls_scan {
  blob::buffer codestream;
  uint8_t components = 0;
};

/// Divides a JPEG-LS codestream (ISO 14495-1 C) into its scans; none where it has no frame header or no scan.
///
/// CharLS 2.4 loops for ever where damaged data ends in zeros. So each scan gets a byte with ones behind its data,
/// which complete data never reaches.
std::vector<jpeg_ls_scan> divide_into_scans(const blob& coded);

} // namespace noctis
