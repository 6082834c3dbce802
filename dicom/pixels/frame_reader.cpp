#include "dicom/pixels/frame_index.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace noctis {

namespace {

constexpr uint64_t longest_frame = uint64_t{2} << 30;

caf::error too_long(uint64_t bytes) {
  return failure(errc::limit_exceeded, "the frame has " + std::to_string(bytes) + " bytes");
}

caf::expected<blob> read_fragments(const byte_source& source, const frame_index& index, uint64_t frame) {
  const auto first = index.fragments.begin() + index.first_fragment[frame];
  const auto last = index.fragments.begin() + index.first_fragment[frame + 1];
  uint64_t length = 0;
  for (auto at = first; at != last; ++at) length += at->length;
  if (length > longest_frame) return too_long(length);
  if (last - first == 1) return read_exactly(source, first->offset, first->length);
  blob::buffer joined;
  joined.reserve(length);
  for (auto at = first; at != last; ++at) {
    auto bytes = read_exactly(source, at->offset, at->length);
    if (!bytes) return bytes.error();
    joined.insert(joined.end(), bytes->data(), bytes->data() + bytes->size());
  }
  return blob{std::move(joined)};
}

/// Returns `length` bits of `bytes` from bit `skip` on (the first is the least significant).
blob::buffer take_bits(const blob& bytes, uint64_t skip, uint64_t length) {
  blob::buffer result((length + 7) / 8);
  for (size_t i = 0; i < result.size(); ++i) {
    const auto low = bytes.data()[i] >> skip;
    const auto high = i + 1 < bytes.size() ? bytes.data()[i + 1] << (8 - skip) : 0;
    result[i] = static_cast<uint8_t>(low | high);
  }
  if (length % 8) result.back() &= static_cast<uint8_t>((1U << length % 8) - 1);
  return result;
}

/// Turns words of `unit` bytes; what is left over at the end stays.
void turn(blob::buffer& bytes, size_t unit) {
  for (size_t at = 0; at + unit <= bytes.size(); at += unit)
    std::reverse(bytes.begin() + static_cast<ptrdiff_t>(at), bytes.begin() + static_cast<ptrdiff_t>(at + unit));
}

caf::expected<blob> read_native(const byte_source& source, const frame_index& index, uint64_t frame) {
  const auto first_bit = frame * index.frame_bits;
  const auto begin = first_bit / 8;
  const auto end = (first_bit + index.frame_bits + 7) / 8;
  if (end - begin > longest_frame) return too_long(end - begin);
  const auto from = begin / index.swap * index.swap;
  const auto to = std::min<uint64_t>((end + index.swap - 1) / index.swap * index.swap, index.pixels.length);
  auto bytes = read_exactly(source, index.pixels.offset + from, to - from);
  if (!bytes) return bytes;
  if (index.swap > 1) {
    blob::buffer turned{bytes->data(), bytes->data() + bytes->size()};
    turn(turned, index.swap);
    turned.erase(turned.begin(), turned.begin() + static_cast<ptrdiff_t>(begin - from));
    turned.resize(end - begin);
    bytes = blob{std::move(turned)};
  }
  if (first_bit % 8 == 0 && index.frame_bits % 8 == 0) return bytes;
  return blob{take_bits(*bytes, first_bit % 8, index.frame_bits)};
}

} // namespace

caf::expected<blob> read_frame(const byte_source& source, const frame_index& index, uint64_t frame) {
  const auto name = "frame " + std::to_string(frame + 1) + " of " + std::to_string(index.declared_frames);
  if (frame >= index.declared_frames) return failure(errc::not_found, "the image has no " + name);
  if (frame >= index.frame_count) return failure(errc::truncated_data_set, "the file ends before " + name);
  return index.encapsulated ? read_fragments(source, index, frame) : read_native(source, index, frame);
}

} // namespace noctis
