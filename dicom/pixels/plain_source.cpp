#include "dicom/inflater.hpp"
#include "dicom/part10.hpp"
#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "dicom/scan_limits.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace noctis {

namespace {

constexpr std::string_view explicit_little = "1.2.840.10008.1.2.1";
constexpr uint64_t piece_size = uint64_t{1} << 20;

caf::error inflate(const byte_source& source, uint64_t at, uint64_t max_bytes, blob::buffer& out) {
  scan_limits limits;
  limits.inflated = max_bytes;
  inflater stream{limits};
  while (at < source.size) {
    const auto length = std::min(piece_size, source.size - at);
    auto bytes = read_exactly(source, at, length);
    if (!bytes) return bytes.error();
    auto err = stream.feed(bytes->data(), bytes->size(), [&out](const uint8_t* data, size_t size) {
      out.insert(out.end(), data, data + size);
      return caf::error{};
    });
    if (err) return err;
    at += length;
  }
  if (!stream.ended()) return failure(errc::truncated_data_set, "the deflated data set is cut");
  return {};
}

} // namespace

caf::expected<byte_source> plain_source(const byte_source& source, uint64_t max_bytes) {
  auto meta = read_file_meta(source);
  if (!meta) return meta.error();
  auto how = encoding_of(meta->transfer_syntax_uid);
  if (!how) return how.error();
  if (!how->deflated) return source;
  auto out = part10_preamble(meta->sop_class_uid, meta->sop_instance_uid, explicit_little, meta->source_aet);
  if (auto err = inflate(source, meta->data_set_offset, max_bytes, out)) return err;
  return memory_source(blob{std::move(out)});
}

} // namespace noctis
