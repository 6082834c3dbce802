#include "dicom/pixels/fragment_scan.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/element.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace noctis {

namespace {

constexpr uint64_t window_size = uint64_t{4} << 10; ///< of the file, read at once
constexpr uint64_t item_header = 8;
constexpr uint64_t longest_table = uint64_t{64} << 20;
constexpr size_t most_fragments = 20'000'000;

/// Reads small parts of a file, in ascending order, through a window.
class window_reader {
public:
  explicit window_reader(const byte_source& source) : source_(source) {}

  /// Returns up to `length` bytes at `offset`, fewer at the end of the file: where they are and how many.
  caf::expected<std::pair<const uint8_t*, size_t>> at(uint64_t offset, size_t length) {
    if (offset >= source_.size) return std::pair<const uint8_t*, size_t>{nullptr, 0};
    const auto wanted = std::min<uint64_t>(length, source_.size - offset);
    if (offset < start_ || offset + wanted > start_ + window_.size()) {
      auto bytes = read_exactly(source_, offset, std::min(window_size, source_.size - offset));
      if (!bytes) return bytes.error();
      window_ = std::move(*bytes);
      start_ = offset;
    }
    return std::pair<const uint8_t*, size_t>{window_.data() + (offset - start_), wanted};
  }

private:
  const byte_source& source_;
  blob window_;
  uint64_t start_ = 0;
};

/// JPEG and JPEG-LS begin with SOI and another marker, JPEG 2000 with SOC and SIZ or with the box of a JP2 file.
bool is_codestream_start(const uint8_t* bytes, size_t size) {
  if (size < 4) return false;
  const auto start = read_u32(bytes, true);
  return start >> 8 == 0xFFD8FF || start == 0xFF4FFF51 ||
         (size >= 8 && start == 12 && read_u32(bytes + 4, true) == 0x6A502020);
}

caf::expected<std::vector<uint64_t>> read_table(const byte_source& source, byte_range where) {
  if (where.length > longest_table)
    return failure(errc::limit_exceeded, "the offset table has " + std::to_string(where.length) + " bytes");
  auto bytes = read_exactly(source, where.offset, where.length);
  if (!bytes) return bytes.error();
  std::vector<uint64_t> result(bytes->size() / 4);
  for (size_t i = 0; i < result.size(); ++i) result[i] = read_u32(bytes->data() + i * 4, false);
  return result;
}

std::string at_byte(uint64_t offset) { return " at byte " + std::to_string(offset); }

} // namespace

caf::expected<fragment_scan> scan_fragments(const byte_source& source, uint64_t offset) {
  fragment_scan result;
  window_reader window{source};
  bool table = true;
  for (;;) {
    const auto head = window.at(offset, item_header + 8);
    if (!head) return head.error();
    const auto [bytes, size] = *head;
    result.end = offset;
    if (size < item_header) return result;
    const auto tag = tag_number{read_u16(bytes, false)} << 16 | read_u16(bytes + 2, false);
    const auto length = read_u32(bytes + 4, false);
    offset += item_header;
    if (tag == tags::sequence_delimiter) {
      result.end = offset;
      return result;
    }
    if (tag != tags::item || length == undefined_length)
      return failure(errc::malformed_data_set, "no fragment of Pixel Data stands" + at_byte(offset - item_header));
    if (length > source.size - offset) return result;
    if (table) {
      auto offsets = read_table(source, {offset, length});
      if (!offsets) return offsets.error();
      result.offset_table = std::move(*offsets);
      result.first_item = offset + length;
      table = false;
    } else {
      if (result.fragments.size() == most_fragments)
        return failure(errc::limit_exceeded, "Pixel Data has more than 20 million fragments");
      result.fragments.push_back({offset, length});
      result.starts_codestream.push_back(
          is_codestream_start(bytes + item_header, std::min<size_t>(size - item_header, length)));
    }
    offset += length;
  }
}

} // namespace noctis
