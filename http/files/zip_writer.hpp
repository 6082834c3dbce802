#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

struct archive;

namespace noctis {

/// Writes a ZIP file by file; images hardly shrink, so their bytes are stored as they are. ZIP64 where sizes ask for
/// it. What it wrote is taken piece by piece, so that memory does not grow with the files, but by some 100 bytes for
/// each.
class zip_writer {
public:
  zip_writer();

  /// Begins a file of `size` bytes. Throws `std::runtime_error`, as do the others.
  void begin(const std::string& name, uint64_t size);
  void write(const void* bytes, size_t size);
  void end();

  /// Writes the directory; nothing may follow.
  void finish();

  /// Returns what was written since the last call.
  std::string take();

private:
  void check(int64_t result) const;

  std::string written_;
  std::unique_ptr<archive, int (*)(archive*)> archive_;
};

} // namespace noctis
