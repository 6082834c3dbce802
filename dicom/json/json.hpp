#pragma once

#include <caf/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
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

/// Makes the same JSON of a data set whose bytes come in pieces, in memory that does not grow with its bulk data.
class json_describer {
public:
  /// Error of the first `feed` where there is no such transfer syntax.
  explicit json_describer(const std::string& transfer_syntax_uid, json_options options = {});
  ~json_describer();
  json_describer(json_describer&&) noexcept;
  json_describer& operator=(json_describer&&) noexcept;

  /// Takes the next `size` bytes. Errors as `data_set_json`.
  caf::error feed(const uint8_t* data, size_t size);

  /// Whether top-level Pixel Data has begun and not ended: a good place to stop.
  [[nodiscard]] bool inside_pixel_data() const;

  /// Returns the JSON; no more bytes come. Errors as `data_set_json`.
  caf::expected<std::string> finish();

private:
  struct state;
  std::unique_ptr<state> state_;
  caf::error no_syntax_; ///< why there is no state
};

} // namespace noctis
