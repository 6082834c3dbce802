#pragma once

#include "dicom/scanner.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

inline bool operator==(const kept_value& a, const kept_value& b) {
  return a.tag == b.tag && a.big_endian == b.big_endian && a.bytes == b.bytes;
}

namespace test {

/// Feeds all of a data set in pieces of `step` bytes (0: whole) and finishes it.
inline caf::error scan(header_scanner& scanner, const uint8_t* data, size_t size, size_t step = 0) {
  if (step == 0) step = std::max<size_t>(size, 1);
  for (size_t at = 0; at < size; at += step) {
    if (auto err = scanner.feed(data + at, std::min(step, size - at))) return err;
  }
  return scanner.finish();
}

/// Returns what a scan of `bytes` ends with.
inline caf::error scan(const std::string& transfer_syntax, const std::vector<uint8_t>& bytes, size_t step = 0) {
  header_scanner scanner{transfer_syntax};
  return scan(scanner, bytes.data(), bytes.size(), step);
}

inline errc code_of_scan(const std::string& transfer_syntax, const std::vector<uint8_t>& bytes, size_t step = 0) {
  return code_of(scan(transfer_syntax, bytes, step));
}

} // namespace test

} // namespace noctis
