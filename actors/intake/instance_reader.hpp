#pragma once

#include "dicom/digest.hpp"
#include "dicom/scanner.hpp"
#include "messages/blob.hpp"
#include "messages/ingest.hpp"

#include <caf/expected.hpp>

#include <optional>
#include <string>
#include <vector>

namespace noctis {

/// Reads the header of one instance from bytes that come in pieces: first the Part 10 header where there is
/// one, then the data set, whose structure it checks to the end.
class instance_reader {
public:
  explicit instance_reader(arrival about) : about_(std::move(about)) {}

  /// Takes the next bytes. Errors are those of `read_part10_meta` and `header_scanner`.
  caf::error feed(const blob& bytes);

  /// Returns what was found. Errors: the data set is not whole, does not say what it is, or is not what the
  /// sender announced (`sop_class_mismatch`, `sop_instance_mismatch`).
  caf::expected<parsed_instance> finish();

private:
  void begin_data_set(const std::string& transfer_syntax_uid);
  caf::error feed_part10_header(const blob& bytes);
  caf::error scan(const uint8_t* data, size_t size);

  arrival about_;
  std::vector<uint8_t> prefix_; ///< of a Part 10 header that is not all there yet
  std::optional<header_scanner> scanner_;
  std::string transfer_syntax_uid_;
  digest digest_;
};

} // namespace noctis
