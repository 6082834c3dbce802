#pragma once

#include "dicom/element.hpp"
#include "dicom/json/object.hpp"

#include <caf/expected.hpp>
#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace noctis {

/// The bytes that a BulkDataURI stands for, little endian: one part is the value; Pixel Data of an encapsulated
/// transfer syntax has a part for each frame.
using bulk_data_parts = std::vector<std::vector<uint8_t>>;

/// Gives the bulk data of attribute `tag` behind `uri`.
using bulk_data_source = std::function<caf::expected<bulk_data_parts>(std::string_view uri, tag_number tag)>;

struct json_encoding_options {
  /// The Specific Character Set (0008,0005) to write in, its values divided by "\"; "": ASCII. Where a value has
  /// characters that it lacks, the whole data set is written in ISO_IR 192 (UTF-8).
  std::string character_set = "ISO_IR 192";
  bulk_data_source bulk_data;          ///< none: a BulkDataURI is an error
  json_limits json;                    ///< of the JSON text
  uint64_t output = uint64_t{2} << 30; ///< the longest data set, bytes
};

/// Returns a DICOM JSON object (PS3.18 F.2) as a data set in transfer syntax `transfer_syntax_uid`, little endian:
/// elements in the order of their tags, of defined and even length. (0008,0005) is written where the object has it or
/// a value needs it. Group lengths and the groups 0000 and 0002 are left out. Errors, which name the attribute:
/// `invalid_argument`, `limit_exceeded`, those of the bulk data; `unsupported_transfer_syntax` for big endian and
/// deflated ones.
caf::expected<std::vector<uint8_t>> encode_json_data_set(const rapidjson::Value& object,
                                                         std::string_view transfer_syntax_uid,
                                                         const json_encoding_options& options = {});
caf::expected<std::vector<uint8_t>> encode_json_data_set(std::string_view json, std::string_view transfer_syntax_uid,
                                                         const json_encoding_options& options = {});

} // namespace noctis
