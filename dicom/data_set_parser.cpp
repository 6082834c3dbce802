#include "dicom/data_set_parser.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace noctis {

namespace {

constexpr size_t short_header = 8;

bool capital(uint8_t c) { return c >= 'A' && c <= 'Z'; }
bool printable(uint8_t c) { return c >= 0x20 && c < 0x7F; }

std::string bytes_text(uint64_t count) { return std::to_string(count) + (count == 1 ? " byte" : " bytes"); }

} // namespace

data_set_parser::data_set_parser(encoding how, data_set_sink& sink, scan_limits limits) : sink_(sink), limits_(limits) {
  if (how.deflated) inflater_ = inflater{limits};
  frames_.reserve(8);
  frame whole;
  whole.implicit_vr = how.implicit_vr;
  whole.big_endian = how.big_endian;
  frames_.push_back(whole);
}

caf::error data_set_parser::feed(const uint8_t* data, size_t size) {
  if (error_) return error_;
  if (!inflater_) return parse(data, size);
  auto err = inflater_->feed(data, size, [this](const uint8_t* bytes, size_t count) { return parse(bytes, count); });
  if (err && !error_) error_ = err;
  return error_;
}

caf::error data_set_parser::finish() {
  if (error_ || finished_) return error_;
  if (inflater_ && !inflater_->ended()) {
    fail(errc::truncated_data_set, "the data set ends inside its deflate stream");
    return error_;
  }
  if (remaining_ == 0) close_finished();
  const bool padding = fill_ == 1 && header_[0] == 0 && offset_ % 2 == 1 && frames_.size() == 1;
  if (remaining_ > 0 || frames_.size() > 1 || (fill_ > 0 && !padding)) fail(errc::truncated_data_set, truncation());
  finished_ = true;
  return error_;
}

bool data_set_parser::inside_pixel_data() const {
  if (frames_.size() > 1) return frames_[1].what == kind::fragments && is_pixel_data(frames_[1].tag);
  return remaining_ > 0 && is_pixel_data(current_.tag);
}

caf::error data_set_parser::parse(const uint8_t* data, size_t size) {
  cursor in{data, data + size};
  while (remaining_ > 0 ? take_value(in) : take_header(in)) {
  }
  return error_;
}

/// Takes what there is of the current value. Returns whether parsing goes on.
bool data_set_parser::take_value(cursor& in) {
  const auto count = static_cast<size_t>(std::min<uint64_t>(remaining_, in.size()));
  const auto* bytes = in.at;
  in.at += count;
  offset_ += count;
  remaining_ -= count;
  if (keep_) {
    if (value_.empty() && remaining_ == 0) return deliver(bytes, count);
    value_.insert(value_.end(), bytes, bytes + count);
    if (remaining_ == 0) {
      const bool go_on = deliver(value_.data(), value_.size());
      value_.clear();
      return go_on;
    }
  }
  return remaining_ == 0;
}

bool data_set_parser::deliver(const uint8_t* bytes, size_t size) {
  error_ = sink_.value(current_, bytes, size);
  return !error_;
}

/// Returns `size` header bytes in one piece, nullptr when they have not all come yet.
const uint8_t* data_set_parser::gather(cursor& in, size_t size) {
  if (fill_ == 0 && in.size() >= size) return in.at;
  if (fill_ < size) {
    const auto count = std::min(size - fill_, in.size());
    if (count > 0) std::memcpy(header_.data() + fill_, in.at, count);
    fill_ += count;
    in.at += count;
  }
  return fill_ >= size ? header_.data() : nullptr;
}

void data_set_parser::drop_header(cursor& in, size_t size) {
  if (fill_ == 0) in.at += size;
  fill_ = 0;
  offset_ += size;
}

/// Reads the next header and opens what it begins. Returns whether parsing goes on.
bool data_set_parser::take_header(cursor& in) {
  close_finished();
  if (in.size() == 0) return false;
  const auto& top = frames_.back();
  const auto room = top.limit - offset_;
  if (room < short_header)
    return fail(errc::malformed_data_set, bytes_text(room) + " too many at the end of " + describe_tag(top.tag) +
                                              " at byte " + std::to_string(top.start));
  const auto* bytes = gather(in, short_header);
  if (bytes == nullptr) return false;

  element head;
  head.big_endian = top.big_endian;
  head.offset = offset_;
  head.depth = depth_;
  head.tag = static_cast<tag_number>(read_u16(bytes, top.big_endian)) << 16 | read_u16(bytes + 2, top.big_endian);
  const bool has_vr = !top.implicit_vr && head.tag >> 16 != 0xFFFE &&
                      (top.what == kind::data_set || top.what == kind::item) && read_explicit(bytes, head);
  if (!has_vr) {
    head.header = short_header;
    head.length = read_u32(bytes + 4, top.big_endian);
  } else if (head.header == longest_header) {
    if (room < longest_header)
      return fail(errc::malformed_data_set, name_of(head) + " does not fit into " + describe_tag(top.tag));
    bytes = gather(in, longest_header);
    if (bytes == nullptr) return false;
    head.length = read_u32(bytes + 8, top.big_endian);
  } else {
    head.length = read_u16(bytes + 6, top.big_endian);
  }
  drop_header(in, head.header);
  return open(head);
}

/// Reads the VR of an element in explicit VR and how long its header is. Returns false when it has none.
bool data_set_parser::read_explicit(const uint8_t* bytes, element& head) const {
  if (!capital(bytes[4]) || !capital(bytes[5])) {
    if (!printable(bytes[4]) || !printable(bytes[5])) return false;
    head.representation = vr::UN;
    head.header = short_header;
    return true;
  }
  head.representation = static_cast<vr>(vr_letters(static_cast<char>(bytes[4]), static_cast<char>(bytes[5])));
  bool is_long = has_long_length(head.representation);
  if (vr_named({reinterpret_cast<const char*>(bytes) + 4, 2}) == vr::none) {
    head.representation = vr::UN;
    is_long = bytes[6] == 0 && bytes[7] == 0;
  }
  head.header = is_long ? longest_header : short_header;
  return true;
}

void data_set_parser::close(const frame& done) {
  if (done.what == kind::sequence) sink_.end_sequence();
  if (done.what == kind::item) sink_.end_item();
  if (done.what == kind::sequence) --depth_;
}

void data_set_parser::close_finished() {
  while (frames_.back().end == offset_) {
    close(frames_.back());
    frames_.pop_back();
  }
}

bool data_set_parser::fail(errc code, std::string reason) {
  error_ = failure(code, std::move(reason));
  return false;
}

std::string data_set_parser::name_of(const element& head) const {
  const auto& top = frames_.back();
  const auto where = " at byte " + std::to_string(head.offset);
  if (head.tag == tags::item && frames_.size() > 1)
    return (top.what == kind::fragments ? "a fragment of " : "an item of ") + describe_tag(top.tag) + where;
  return describe_tag(head.tag) + where;
}

std::string data_set_parser::truncation() const {
  if (remaining_ > 0)
    return name_of(current_) + " declares " + bytes_text(current_.length) + ", but the data set ends after " +
           std::to_string(current_.length - remaining_) + " of them";
  const auto at = "the data set ends at byte " + std::to_string(position());
  if (fill_ > 0) return at + ", inside the header of the element at byte " + std::to_string(offset_);
  return at + ", inside " + describe_tag(frames_.back().tag) + ", which begins at byte " +
         std::to_string(frames_.back().start);
}

} // namespace noctis
