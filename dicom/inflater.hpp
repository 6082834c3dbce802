#pragma once

#include "dicom/scan_limits.hpp"

#include <caf/error.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace noctis {

/// Inflates a raw deflate stream (RFC 1951) that arrives in pieces, in bounded memory.
class inflater {
public:
  /// Takes a piece of the inflated bytes; an error ends the stream.
  using consumer = std::function<caf::error(const uint8_t*, size_t)>;

  explicit inflater(scan_limits limits);
  ~inflater();
  inflater(inflater&&) noexcept;
  inflater& operator=(inflater&&) noexcept;

  /// Inflates the next `size` bytes into `out`. Errors: `malformed_data_set` for bytes that are no deflate stream
  /// or more than a trailer of 16 bytes after its end; `limit_exceeded` for what inflates beyond the limits.
  caf::error feed(const uint8_t* data, size_t size, const consumer& out);

  /// Returns whether the end of the stream was met.
  [[nodiscard]] bool ended() const noexcept { return ended_; }

private:
  struct stream;

  caf::error check_limits() const;

  std::unique_ptr<stream> stream_;
  scan_limits limits_;
  uint64_t taken_ = 0;    ///< deflated bytes
  uint64_t given_ = 0;    ///< inflated bytes
  uint64_t trailing_ = 0; ///< bytes after the end of the stream
  bool ended_ = false;
};

} // namespace noctis
