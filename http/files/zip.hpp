#pragma once

#include "http/files/byte_pipe.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace noctis {

/// What a ZIP may hold.
struct zip_limits {
  uint64_t entries = 100000;
  uint64_t unpacked = uint64_t{64} << 30;    ///< bytes, all entries together
  uint64_t ratio = 250;                      ///< unpacked to packed bytes, looked at …
  uint64_t ratio_from = uint64_t{256} << 20; ///< … from so many unpacked bytes on
};

/// Takes the files in a ZIP, one after the other.
class zip_receiver {
public:
  virtual ~zip_receiver() = default;
  /// A file begins; `name` is its path in the ZIP, valid UTF-8.
  virtual void begin(const std::string& name) = 0;
  virtual void data(const char* bytes, size_t size) = 0;
  /// The file is whole and its checksum right.
  virtual void end() = 0;
  /// The file that began cannot be read, or may not be.
  virtual void refuse(const std::string& reason) = 0;
};

/// Reads a ZIP (also zip64, and with data descriptors) as its bytes come, in constant memory. Returns why it
/// could not be read to its end, "" when it could.
std::string read_zip(byte_pipe& from, const zip_limits& limits, zip_receiver& to);

} // namespace noctis
