#pragma once

#include "dicom/data_set_parser.hpp"
#include "dicom/element.hpp"
#include "dicom/scan_limits.hpp"
#include "messages/find.hpp"

#include <caf/error.hpp>
#include <caf/optional.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace noctis {

/// The raw value of a top-level attribute, padding included.
struct kept_value {
  tag_number tag = 0;
  bool big_endian = false;
  std::string bytes;
};

/// Returns the tags, ascending, that `read_header` of dicom/header.hpp needs.
const std::vector<tag_number>& header_tags();

/// Checks the structure of a data set that arrives in pieces of any size and keeps some of its top-level
/// attributes; Pixel Data is skipped by its length. What it accepts is told at `data_set_parser`. A tag that
/// stands twice keeps its first value.
class header_scanner {
public:
  /// Scans a data set in transfer syntax `transfer_syntax_uid` for all that `read_header` takes.
  explicit header_scanner(const std::string& transfer_syntax_uid);

  /// Scans for the top-level attributes `keep`, ascending tags.
  header_scanner(const std::string& transfer_syntax_uid, std::vector<tag_number> keep, scan_limits limits = {});
  ~header_scanner();
  header_scanner(header_scanner&&) noexcept;
  header_scanner& operator=(header_scanner&&) noexcept;

  /// Scans the next `size` bytes. Errors, which stay: `unsupported_transfer_syntax` for a transfer syntax UID that
  /// is no UID, `malformed_data_set`, `limit_exceeded`. The sentence names the element and its offset.
  caf::error feed(const uint8_t* data, size_t size);

  /// Says that no more bytes come. Errors: as `feed`, and `truncated_data_set` inside an element or sequence.
  caf::error finish();

  /// Returns the kept value of `tag`, nullptr where the data set has none.
  [[nodiscard]] const kept_value* find(tag_number tag) const;

  /// Returns the `kept_attributes()` of a level as a DICOM JSON object, "" where there are none; once for each level.
  [[nodiscard]] std::string kept_object(query_level level) const;

  /// The kept values, in the order of the data set.
  [[nodiscard]] const std::vector<kept_value>& kept() const;

  [[nodiscard]] bool has_pixel_data() const;

  /// Where top-level Pixel Data begins (its tag), bytes from the start of the data set; none without Pixel Data and
  /// in deflated transfer syntaxes.
  [[nodiscard]] caf::optional<uint64_t> pixel_data_offset() const;

private:
  class keeper;

  header_scanner(const std::string& transfer_syntax_uid, std::unique_ptr<keeper> sink, scan_limits limits);

  std::unique_ptr<keeper> keeper_;
  std::unique_ptr<data_set_parser> parser_;
  caf::error no_syntax_; ///< why there is no parser
  bool deflated_ = false;
};

} // namespace noctis
