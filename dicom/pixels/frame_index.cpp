#include "dicom/pixels/frame_index.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/pixels/describe_header.hpp"
#include "dicom/pixels/fragment_scan.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace noctis {

namespace {

constexpr tag_number extended_offset_table = 0x7FE00001;
constexpr std::string_view ge_private_big_endian_pixels = "1.2.840.113619.5.2";

std::vector<uint64_t> read_extended_table(const attribute_set& header) {
  const auto* raw = header.find(extended_offset_table);
  if (!raw) return {};
  std::vector<uint64_t> result(raw->bytes.size() / 8);
  const auto* bytes = reinterpret_cast<const uint8_t*>(raw->bytes.data());
  for (size_t i = 0; i < result.size(); ++i) result[i] = read_u64(bytes + i * 8, false);
  return result;
}

/// Returns the fragment with which each frame begins, as a table says; none where the table can't be believed.
std::vector<uint32_t> by_table(const fragment_scan& scan, const std::vector<uint64_t>& offsets, uint32_t frames) {
  if (offsets.size() != frames || offsets.front() != 0) return {};
  std::vector<uint32_t> result;
  result.reserve(frames + 1);
  auto at = scan.fragments.begin();
  for (const auto offset : offsets) {
    const auto value = scan.first_item + offset + 8;
    at = std::lower_bound(at, scan.fragments.end(), value,
                          [](const byte_range& range, uint64_t where) { return range.offset < where; });
    if (at == scan.fragments.end() || at->offset != value) return {};
    result.push_back(static_cast<uint32_t>(std::distance(scan.fragments.begin(), at)));
    ++at;
  }
  return result;
}

/// Returns the same where a frame is a fragment, or begins with the start of a codestream.
std::vector<uint32_t> by_content(const fragment_scan& scan, uint32_t frames) {
  const auto count = static_cast<uint32_t>(scan.fragments.size());
  std::vector<uint32_t> starts;
  for (uint32_t i = 0; i < count; ++i) {
    if (scan.starts_codestream[i]) starts.push_back(i);
  }
  const bool marked = !starts.empty() && starts.front() == 0;
  if (frames == 1) return {0};
  if (!marked || count <= frames) {
    starts.resize(count);
    for (uint32_t i = 0; i < count; ++i) starts[i] = i;
  }
  return starts;
}

bool is_video(std::string_view transfer_syntax_uid) {
  // MPEG-2, MPEG-4 and HEVC: 1.2.840.10008.1.2.4.100 to 108, also with .1
  constexpr std::string_view stem = "1.2.840.10008.1.2.4.10";
  return transfer_syntax_uid.substr(0, stem.size()) == stem && transfer_syntax_uid.size() > stem.size();
}

caf::expected<frame_index> index_fragments(const byte_source& source, const image_header& header,
                                           const image_description& description) {
  auto scan = scan_fragments(source, header.data_set_offset + header.pixels.offset);
  if (!scan) return scan.error();
  frame_index result;
  result.encapsulated = true;
  result.declared_frames = description.frames;
  const auto frames = is_video(description.transfer_syntax_uid) ? 1 : description.frames;
  if (!scan->fragments.empty()) {
    auto starts = by_table(*scan, read_extended_table(header.attributes), frames);
    if (starts.empty() && !scan->offset_table.empty()) starts = by_table(*scan, scan->offset_table, frames);
    if (starts.empty()) starts = by_content(*scan, frames);
    result.frame_count = std::min<uint64_t>(starts.size(), frames);
    starts.resize(result.frame_count + (starts.size() > result.frame_count ? 1 : 0));
    if (starts.size() == result.frame_count) starts.push_back(static_cast<uint32_t>(scan->fragments.size()));
    result.first_fragment = std::move(starts);
  }
  result.fragments = std::move(scan->fragments);
  result.end = scan->end;
  return result;
}

/// Returns the bytes of the words whose order must be turned. OW words hold cells of 8 bits and less in pairs; larger
/// cells are turned whole.
uint8_t swapped_bytes(const image_header& header, const pixel_format& format) {
  const auto how = encoding_of(header.transfer_syntax_uid);
  const bool turned = (how && how->big_endian) || header.transfer_syntax_uid == ge_private_big_endian_pixels;
  if (!turned) return 1;
  if (format.bits_allocated > 8) return static_cast<uint8_t>(format.bits_allocated / 8);
  return header.pixels.representation == vr::OW ? 2 : 1;
}

frame_index index_native(const byte_source& source, const image_header& header, const image_description& description) {
  frame_index result;
  result.swap = swapped_bytes(header, description.format);
  result.declared_frames = description.frames;
  result.frame_bits = description.format.frame_bits();
  result.pixels.offset = header.data_set_offset + header.pixels.offset;
  result.pixels.length =
      std::min<uint64_t>(header.pixels.length, source.size - std::min(source.size, result.pixels.offset));
  result.frame_count = std::min<uint64_t>(description.frames, result.pixels.length * 8 / result.frame_bits);
  result.end = result.pixels.offset + result.pixels.length;
  return result;
}

} // namespace

caf::expected<frame_index> index_header(const byte_source& source, const image_header& header,
                                        const image_description& description) {
  if (!header.pixels.tag) return failure(errc::not_found, "the data set has no pixels");
  const auto how = encoding_of(header.transfer_syntax_uid);
  if (how && how->deflated)
    return failure(errc::invalid_argument, "the frames of a deflated file are found in its plain form alone");
  if (header.pixels.fragmented) return index_fragments(source, header, description);
  return index_native(source, header, description);
}

caf::expected<frame_index> index_frames(const byte_source& source, const image_description& description) {
  auto header = read_image_header(source);
  if (!header) return header.error();
  return index_header(source, *header, description);
}

caf::expected<image_file> open_image(const byte_source& source) {
  auto plain = plain_source(source);
  if (!plain) return plain.error();
  auto header = read_image_header(*plain);
  if (!header) return header.error();
  auto description = describe_header(*header);
  if (!description) return description.error();
  auto frames = index_header(*plain, *header, *description);
  if (!frames) return frames.error();
  return image_file{std::move(*plain), std::move(*description), std::move(*frames)};
}

} // namespace noctis
