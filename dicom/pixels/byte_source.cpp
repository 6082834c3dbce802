#include "dicom/pixels/byte_source.hpp"

#include "messages/errors.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace noctis {

byte_source memory_source(blob bytes) {
  const auto size = bytes.size();
  return {size, [bytes = std::move(bytes)](uint64_t offset, uint64_t length) -> caf::expected<blob> {
            if (offset == 0 && length >= bytes.size()) return bytes;
            if (offset >= bytes.size()) return blob{};
            const auto* from = bytes.data() + offset;
            return blob{blob::buffer(from, from + std::min<uint64_t>(length, bytes.size() - offset))};
          }};
}

caf::expected<blob> read_exactly(const byte_source& source, uint64_t offset, uint64_t length) {
  const auto cut = [&] {
    return failure(errc::truncated_data_set, "the file ends before byte " + std::to_string(offset + length));
  };
  if (offset > source.size || length > source.size - offset) return cut();
  auto bytes = source.read(offset, length);
  if (bytes && bytes->size() != length) return cut();
  return bytes;
}

} // namespace noctis
