#pragma once

#include "messages/blob.hpp"

#include <caf/expected.hpp>

#include <cstdint>
#include <functional>

namespace noctis {

/// A file that can be read in parts, from wherever it lies.
struct byte_source {
  uint64_t size = 0; ///< of the file, bytes
  /// Returns `length` bytes from `offset` (bytes from the start), which lie within `size`. May block; may fail with
  /// what its maker says. Less than `length` is taken for a file that was cut.
  std::function<caf::expected<blob>(uint64_t offset, uint64_t length)> read;
};

/// Returns a source over bytes in memory, which it keeps.
byte_source memory_source(blob bytes);

/// Reads `length` bytes at `offset`. Errors: `truncated_data_set` where the source ends before, and its own.
caf::expected<blob> read_exactly(const byte_source& source, uint64_t offset, uint64_t length);

} // namespace noctis
