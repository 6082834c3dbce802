#include "dicom/data_set_parser.hpp"
#include "messages/errors.hpp"

// What a header opens: the half of the parser that knows sequences, items, fragments and their ends (PS3.5 7.5, A.4).

namespace noctis {

namespace {

bool may_have_fragments(const element& head) {
  switch (head.representation) {
  case vr::OB:
  case vr::OD:
  case vr::OF:
  case vr::OL:
  case vr::OV:
  case vr::OW:
    return true;
  default:
    return is_pixel_data(head.tag);
  }
}

} // namespace

bool data_set_parser::open(const element& head) {
  if (++elements_ > limits_.elements)
    return fail(errc::limit_exceeded, "the data set has more than " + std::to_string(limits_.elements) + " elements");
  switch (frames_.back().what) {
  case kind::sequence:
    return open_item(head);
  case kind::fragments:
    return open_fragment(head);
  default:
    return open_element(head);
  }
}

bool data_set_parser::open_element(const element& head) {
  if (head.tag >> 16 == 0xFFFE) return open_delimiter(head);
  if (head.length == undefined_length) return open_undefined(head);
  if (!fits(head)) return false;
  const auto& top = frames_.back();
  const bool sequence = head.representation == vr::SQ ||
                        (head.representation == vr::none && top.implicit_vr && sink_.implicit_vr(head.tag) == vr::SQ);
  return sequence ? push_sequence(head, offset_ + head.length, false) : open_value(head);
}

bool data_set_parser::open_delimiter(const element& head) {
  const auto& top = frames_.back();
  const bool unended_item = top.what == kind::item && top.end == unbounded;
  if (head.tag == tags::item_delimiter && unended_item) {
    close(top);
    frames_.pop_back();
    return true;
  }
  const bool delimiter = head.tag == tags::item_delimiter || head.tag == tags::sequence_delimiter;
  if (delimiter && head.length == 0 && !unended_item) return true;
  return fail(errc::malformed_data_set, name_of(head) + " stands where an element should");
}

bool data_set_parser::open_undefined(const element& head) {
  if (may_have_fragments(head)) {
    push(kind::fragments, head.offset, unbounded).tag = head.tag;
    sink_.fragments(head);
    return true;
  }
  const bool sequence =
      head.representation == vr::SQ || head.representation == vr::UN || head.representation == vr::none;
  if (!sequence)
    return fail(errc::malformed_data_set, name_of(head) + " has undefined length, which its VR does not allow");
  return push_sequence(head, unbounded, head.representation == vr::UN);
}

/// Opens a container inside the one that is open, with its encoding and tag.
data_set_parser::frame& data_set_parser::push(kind what, uint64_t start, uint64_t end) {
  auto inside = frames_.back();
  inside.what = what;
  inside.start = start;
  inside.end = end;
  if (end != unbounded) inside.limit = end;
  frames_.push_back(inside);
  return frames_.back();
}

bool data_set_parser::push_sequence(const element& head, uint64_t end, bool implicit_little) {
  if (depth_ == limits_.depth)
    return fail(errc::limit_exceeded,
                name_of(head) + " is nested deeper than " + std::to_string(limits_.depth) + " sequences");
  ++depth_;
  auto& inside = push(kind::sequence, head.offset, end);
  inside.tag = head.tag;
  if (implicit_little) {
    inside.implicit_vr = true;
    inside.big_endian = false;
  }
  sink_.begin_sequence(head);
  return true;
}

bool data_set_parser::open_value(const element& head) {
  current_ = head;
  remaining_ = head.length;
  keep_ = sink_.wants(head);
  if (keep_ && head.length > limits_.kept_value)
    return fail(errc::limit_exceeded,
                name_of(head) + " is longer than " + std::to_string(limits_.kept_value) + " bytes");
  return remaining_ > 0 || !keep_ || deliver(nullptr, 0);
}

bool data_set_parser::open_item(const element& head) {
  const auto& top = frames_.back();
  if (head.tag == tags::sequence_delimiter) {
    if (top.end == unbounded) {
      close(top);
      frames_.pop_back();
    }
    return true;
  }
  if (head.tag != tags::item)
    return fail(errc::malformed_data_set,
                name_of(head) + " stands where " + describe_tag(top.tag) + " should have an item or its end");
  if (head.length != undefined_length && !fits(head)) return false;
  push(kind::item, head.offset, head.length == undefined_length ? unbounded : offset_ + head.length);
  sink_.begin_item();
  return true;
}

bool data_set_parser::open_fragment(const element& head) {
  if (head.tag == tags::sequence_delimiter) {
    frames_.pop_back();
    return true;
  }
  if (head.tag != tags::item || head.length == undefined_length)
    return fail(errc::malformed_data_set, name_of(head) + " stands where " + describe_tag(frames_.back().tag) +
                                              " should have a fragment or its end");
  if (!fits(head)) return false;
  current_ = head;
  remaining_ = head.length;
  keep_ = false;
  return true;
}

/// Checks that what `head` begins, of defined length, lies within the containers that are open.
bool data_set_parser::fits(const element& head) {
  const auto& top = frames_.back();
  if (top.limit == unbounded || head.length <= top.limit - offset_) return true;
  return fail(errc::malformed_data_set, name_of(head) + " declares " + std::to_string(head.length) + " bytes, but " +
                                            describe_tag(top.tag) + ", in which it stands, has " +
                                            std::to_string(top.limit - offset_) + " left");
}

} // namespace noctis
