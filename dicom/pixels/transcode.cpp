#include "dicom/pixels/transcode.hpp"

#include "dicom/part10.hpp"
#include "dicom/pixels/attribute_set.hpp"
#include "dicom/pixels/compression.hpp"
#include "dicom/pixels/data_set_rewriter.hpp"
#include "dicom/pixels/deflate.hpp"
#include "dicom/pixels/describe_header.hpp"
#include "dicom/pixels/frame_index.hpp"
#include "dicom/pixels/pixel_element_writer.hpp"
#include "dicom/text.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/errors.hpp"

#include <string>
#include <utility>
#include <vector>

namespace noctis {

namespace {

constexpr uint64_t copied_piece = uint64_t{4} << 20;

caf::error too_large(uint64_t bytes) {
  return failure(errc::limit_exceeded, "the file has more than " + std::to_string(bytes) + " bytes");
}

/// One transcoding of a plain file.
class transcoding {
public:
  transcoding(byte_source source, std::string_view to, const transcode_limits& limits)
      : source_(std::move(source)), to_(to), target_(compression_of(to)), limits_(limits) {}

  caf::expected<blob> run() {
    auto err = read_header();
    if (!err) err = prepare_pixels();
    if (!err) err = write_data_set();
    if (err) return err;
    return assemble();
  }

private:
  caf::error read_header() {
    auto header = read_image_header(source_);
    if (!header) return header.error();
    header_ = std::move(*header);
    from_ = compression_of(header_.transfer_syntax_uid);
    const auto how = encoding_of(header_.transfer_syntax_uid);
    if (!how) return how.error();
    from_encoding_ = *how;
    const auto* known = find_transfer_syntax(to_);
    if (!known) return unsupported();
    to_encoding_ = known->how;
    const bool has_image = header_.pixels.tag == tags::pixel_data;
    if (header_.pixels.tag && !has_image && (target_ != compression::none || from_encoding_.big_endian))
      return failure(errc::unsupported_transfer_syntax, "floating point pixels can't be written anew");
    if (has_image && !can_transcode(header_.transfer_syntax_uid, to_)) return unsupported();
    return {};
  }

  [[nodiscard]] caf::error unsupported() const {
    return failure(errc::unsupported_transfer_syntax, "pixels can't be transcoded from transfer syntax " +
                                                          shown(header_.transfer_syntax_uid) + " to " + shown(to_));
  }

  /// Whether the bytes of Pixel Data are right as they are.
  [[nodiscard]] bool copies_pixels() const {
    return from_ == compression::none && target_ == compression::none && !from_encoding_.big_endian &&
           !header_.pixels.fragmented;
  }

  caf::error prepare_pixels() {
    if (!header_.pixels.tag || copies_pixels()) return {};
    auto description = describe_header(header_);
    if (!description) return description.error();
    auto frames = index_header(source_, header_, *description);
    if (!frames) return frames.error();
    stored_ = std::move(*description);
    frames_ = std::move(*frames);
    changed_ = from_ != compression::none || target_ != compression::none;
    if (changed_ && target_ != compression::none) return encode_frames();
    return {};
  }

  caf::expected<blob> new_frame(uint32_t frame) const {
    auto bytes = read_frame(source_, frames_, frame);
    if (bytes) bytes = transcode_frame(*bytes, stored_, to_, limits_);
    if (bytes) return bytes;
    const auto name = "frame " + std::to_string(frame + 1) + " of " + std::to_string(stored_.frames) + ": ";
    return failure(code_of(bytes.error()), name + reason_of(bytes.error()));
  }

  caf::error encode_frames() {
    uint64_t size = 0;
    for (uint32_t i = 0; i < stored_.frames; ++i) {
      auto frame = new_frame(i);
      if (!frame) return frame.error();
      size += frame->size();
      if (size > limits_.file_bytes) return too_large(limits_.file_bytes);
      coded_.push_back(std::move(*frame));
    }
    coded_bytes_ = size;
    return {};
  }

  caf::error write_data_set() {
    const auto before = header_.pixels.tag ? header_.pixels.tag_offset : source_.size - header_.data_set_offset;
    if (before > limits_.file_bytes) return too_large(limits_.file_bytes);
    auto err = rewrite(header_.data_set_offset, before, true);
    if (!err && header_.pixels.tag) err = write_pixels();
    if (err || !header_.pixels.tag) return err;
    const auto end =
        copies_pixels() ? header_.data_set_offset + header_.pixels.offset + header_.pixels.length : frames_.end;
    return end < source_.size ? rewrite(end, source_.size - end, false) : caf::error{};
  }

  caf::error rewrite(uint64_t offset, uint64_t length, bool before_pixels) {
    auto bytes = read_exactly(source_, offset, length);
    if (!bytes) return bytes.error();
    auto part = data_set_rewriter::read(*bytes, from_encoding_);
    if (!part) return part.error();
    part->remove_stale();
    if (before_pixels) describe_pixels(*part);
    return part->write(to_encoding_, out_);
  }

  void describe_pixels(data_set_rewriter& part) {
    if (!changed_) return;
    const auto decoded = decoded_description(stored_);
    part.set_pixel_module(decoded, target_);
    if (may_be_lossy(from_) && stored_.lossy_compression != "01") part.set_lossy(from_);
    if (may_be_lossy(target_)) {
      const auto native = static_cast<double>(decoded.format.frame_bytes()) * stored_.frames;
      derived_uid_ = part.make_derived(native / static_cast<double>(coded_bytes_));
    }
  }

  caf::error write_pixels() {
    if (!coded_.empty()) {
      append_fragments(coded_, out_);
      coded_.clear();
      return {};
    }
    if (copies_pixels()) return copy_pixels();
    const auto format = changed_ ? decoded_description(stored_).format : stored_.format;
    return write_native(format);
  }

  /// Frame after frame, and single bits without gaps between the frames.
  caf::error write_native(const pixel_format& format) {
    if (format.bits_allocated == 1 && stored_.frames > 1 && format.frame_bits() % 8)
      return failure(errc::unsupported_transfer_syntax, "frames of single bits can't be written anew");
    const auto size = format.frame_bytes() * stored_.frames;
    if (size > limits_.file_bytes) return too_large(limits_.file_bytes);
    if (auto err = append_native_head(tags::pixel_data, native_vr(format), size, to_encoding_, out_)) return err;
    for (uint32_t i = 0; i < stored_.frames; ++i) {
      auto frame = new_frame(i);
      if (!frame) return frame.error();
      out_.insert(out_.end(), frame->data(), frame->data() + frame->size());
    }
    if (size % 2) out_.push_back(0);
    return {};
  }

  [[nodiscard]] vr native_vr(const pixel_format& format) const {
    const auto stored = header_.pixels.representation;
    if (from_ == compression::none && stored != vr::none) return stored;
    return format.bits_allocated > 8 ? vr::OW : vr::OB;
  }

  caf::error copy_pixels() {
    const auto& pixels = header_.pixels;
    if (pixels.length > limits_.file_bytes) return too_large(limits_.file_bytes);
    const auto representation = pixels.representation == vr::none ? dictionary_vr(pixels.tag) : pixels.representation;
    if (auto err = append_native_head(pixels.tag, representation, pixels.length, to_encoding_, out_)) return err;
    for (uint64_t at = 0; at < pixels.length;) {
      const auto length = std::min<uint64_t>(copied_piece, pixels.length - at);
      auto bytes = read_exactly(source_, header_.data_set_offset + pixels.offset + at, length);
      if (!bytes) return bytes.error();
      out_.insert(out_.end(), bytes->data(), bytes->data() + bytes->size());
      at += length;
    }
    if (pixels.length % 2) out_.push_back(0);
    return {};
  }

  caf::expected<blob> assemble() {
    const auto& attributes = header_.attributes;
    const auto instance = derived_uid_.empty() ? attributes.text(0x00080018) : derived_uid_;
    auto file = part10_preamble(attributes.text(0x00080016), instance, to_, header_.source_aet);
    if (to_encoding_.deflated) {
      if (auto err = append_deflated(out_, file)) return err;
    } else {
      file.insert(file.end(), out_.begin(), out_.end());
    }
    return blob{std::move(file)};
  }

  byte_source source_;
  std::string_view to_;
  compression target_;
  transcode_limits limits_;
  image_header header_;
  compression from_ = compression::none;
  encoding from_encoding_;
  encoding to_encoding_;
  image_description stored_;
  frame_index frames_;
  bool changed_ = false;    ///< the frames have another form than before
  std::vector<blob> coded_; ///< the new frames of a compressed file
  uint64_t coded_bytes_ = 0;
  std::string derived_uid_;
  blob::buffer out_; ///< the new data set
};

} // namespace

caf::expected<blob> transcode(const byte_source& source, std::string_view to, const transcode_limits& limits) {
  if (source.size > limits.file_bytes) return too_large(limits.file_bytes);
  auto meta = read_file_meta(source);
  if (!meta) return meta.error();
  if (meta->transfer_syntax_uid == to) return read_exactly(source, 0, source.size);
  auto plain = plain_source(source, limits.file_bytes);
  if (!plain) return plain.error();
  return transcoding{std::move(*plain), to, limits}.run();
}

} // namespace noctis
