#pragma once

#include "dicom/pixels/byte_source.hpp"
#include "messages/actors.hpp"

#include <caf/blocking_actor.hpp>
#include <caf/expected.hpp>

#include <cstdint>
#include <vector>

namespace noctis {

/// The bytes of an instance that is kept, from a copy that has proved to be whole and right. It asks readers through
/// the blocking actor it was opened with, so it belongs to that actor's thread.
class stored_instance {
public:
  /// Reads the copies, the best first, until the bytes of one have the checksum that the index knows. What fits one
  /// message stays in memory, the rest is read again when it is needed. Error: `storage_unavailable` when no copy can
  /// be reached, `storage_failure` when none is right.
  static caf::expected<stored_instance> open(caf::blocking_actor* self, directory_actor directory,
                                             std::vector<location> copies);

  [[nodiscard]] uint64_t size() const { return copies_.front().length; }

  /// Returns `length` bytes from `offset`, which lie within `size()`. Errors: as `open`.
  [[nodiscard]] caf::expected<blob> read(uint64_t offset, uint64_t length);

  /// Returns the file as others read it; only as long as this lives and stays where it is.
  [[nodiscard]] byte_source source();

private:
  stored_instance(caf::blocking_actor* self, directory_actor directory, std::vector<location> copies);

  caf::error check(const location& copy);
  caf::expected<blob> fetch(const location& copy, uint64_t offset, uint64_t length);

  caf::blocking_actor* self_;
  directory_actor directory_;
  std::vector<location> copies_; ///< the one that was checked first
  blob whole_;                   ///< of small instances
};

} // namespace noctis
