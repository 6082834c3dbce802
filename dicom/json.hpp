#pragma once

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace noctis {

struct json_options {
  size_t inline_binary = 1024;            ///< the longest binary value that stands in the JSON itself, bytes
  size_t inline_value = size_t{64} << 10; ///< the longest other value that does, bytes
  size_t output = size_t{64} << 20;       ///< the longest JSON, bytes
  /// What the URI of bulk data begins with; the tag follows, "7FE00010", with the way to it in a sequence:
  /// "00089215/1/00420011". "": bulk data is left out.
  std::string bulk_data_uri;
};

/// Returns a data set in transfer syntax `transfer_syntax_uid` as a DICOM JSON object (PS3.18 F.2) in UTF-8. Group
/// lengths are left out; of a tag that stands twice the first stays. The bytes may end before or inside top-level
/// Pixel Data. Errors: those of `header_scanner`; `limit_exceeded` for more than `output` bytes.
caf::expected<std::string> data_set_json(const uint8_t* data, size_t size, const std::string& transfer_syntax_uid,
                                         const json_options& options = {});

} // namespace noctis
