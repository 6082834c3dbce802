#include "dicom/pixels/pixel_element_writer.hpp"

#include "messages/errors.hpp"

#include <limits>
#include <string>

namespace noctis {

namespace {

constexpr tag_number extended_offset_table = 0x7FE00001;
constexpr tag_number extended_offset_table_lengths = 0x7FE00002;
constexpr uint32_t item_head = 8;

void put(blob::buffer& out, uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

void put_tag(blob::buffer& out, tag_number tag) {
  put(out, tag >> 16, 2);
  put(out, tag & 0xFFFF, 2);
}

/// Tag, VR and length of a value whose VR has a length of 32 bits.
void put_head(blob::buffer& out, tag_number tag, vr representation, uint32_t length) {
  put_tag(out, tag);
  out.push_back(static_cast<uint8_t>(static_cast<uint16_t>(representation) >> 8));
  out.push_back(static_cast<uint8_t>(representation));
  put(out, 0, 2);
  put(out, length, 4);
}

uint64_t even(uint64_t size) { return size + size % 2; }

void put_extended_table(blob::buffer& out, const std::vector<blob>& frames) {
  const auto length = static_cast<uint32_t>(frames.size() * 8);
  put_head(out, extended_offset_table, vr::OV, length);
  uint64_t offset = 0;
  for (const auto& frame : frames) {
    put(out, offset, 8);
    offset += item_head + even(frame.size());
  }
  put_head(out, extended_offset_table_lengths, vr::OV, length);
  for (const auto& frame : frames) put(out, even(frame.size()), 8);
}

} // namespace

void append_fragments(const std::vector<blob>& frames, blob::buffer& out) {
  uint64_t size = 0;
  for (const auto& frame : frames) size += item_head + even(frame.size());
  const bool reachable = size <= std::numeric_limits<uint32_t>::max();
  out.reserve(out.size() + size + frames.size() * (reachable ? 4 : 16) + 64);
  if (!reachable) put_extended_table(out, frames);
  put_head(out, tags::pixel_data, vr::OB, undefined_length);
  put_tag(out, tags::item);
  put(out, reachable ? frames.size() * 4 : 0, 4);
  uint64_t offset = 0;
  for (const auto& frame : frames) {
    if (reachable) put(out, offset, 4);
    offset += item_head + even(frame.size());
  }
  for (const auto& frame : frames) {
    put_tag(out, tags::item);
    put(out, even(frame.size()), 4);
    out.insert(out.end(), frame.data(), frame.data() + frame.size());
    if (frame.size() % 2) out.push_back(0);
  }
  put_tag(out, tags::sequence_delimiter);
  put(out, 0, 4);
}

caf::error append_native_head(tag_number tag, vr representation, uint64_t size, encoding how, blob::buffer& out) {
  if (even(size) >= undefined_length)
    return failure(errc::limit_exceeded, "native Pixel Data of " + std::to_string(size) + " bytes is too long");
  out.reserve(out.size() + even(size) + 4096);
  if (how.implicit_vr) {
    put_tag(out, tag);
    put(out, even(size), 4);
  } else {
    put_head(out, tag, representation, static_cast<uint32_t>(even(size)));
  }
  return {};
}

} // namespace noctis
