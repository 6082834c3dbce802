#include "dicom/json/sink.hpp"

#include "dicom/vr.hpp"
#include "messages/errors.hpp"

namespace noctis {

namespace {

constexpr tag_number specific_character_set = 0x00080005;
constexpr tag_number pixel_representation = 0x00280103;

} // namespace

json_sink::json_sink(const json_options& options, std::string_view character_set) : options_(options) {
  levels_.emplace_back(std::make_shared<text_decoder>(character_set));
  out_.StartObject();
}

bool json_sink::wants(const element& head) {
  if (!begins(head.tag)) return false;
  if (is_pixel_data(head.tag) || head.length > limit_of(representation_of(head))) {
    write_bulk(head);
    return false;
  }
  return true;
}

caf::error json_sink::value(const element& head, const uint8_t* bytes, size_t size) {
  const std::string_view raw{reinterpret_cast<const char*>(bytes), size};
  const auto representation = representation_of(head);
  if (head.tag == specific_character_set) levels_.back().decoder = std::make_shared<text_decoder>(raw);
  write_head(head.tag, representation);
  if (head.tag == pixel_representation && head.depth == 0)
    signed_pixels_ = size > 0 && (bytes[0] | bytes[size - 1]) == 1;
  write_value_members(out_, representation, head.tag == specific_character_set ? "ISO_IR 192" : raw, head.big_endian,
                      *levels_.back().decoder);
  out_.EndObject();
  return check_size();
}

void json_sink::fragments(const element& head) {
  if (begins(head.tag)) write_bulk(head);
}

void json_sink::begin_sequence(const element& head) {
  if (!begins(head.tag)) {
    ++skipped_;
    return;
  }
  write_head(head.tag, vr::SQ);
  sequences_.push_back({tag_digits(head.tag), 0});
}

void json_sink::end_sequence() {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  if (sequences_.back().items > 0) out_.EndArray();
  sequences_.pop_back();
  out_.EndObject();
}

void json_sink::begin_item() {
  if (skipped_ > 0) return;
  if (sequences_.back().items++ == 0) {
    out_.Key("Value");
    out_.StartArray();
  }
  levels_.emplace_back(levels_.back().decoder);
  out_.StartObject();
}

void json_sink::end_item() {
  if (skipped_ > 0) return;
  levels_.pop_back();
  out_.EndObject();
}

std::string json_sink::finish() {
  out_.EndObject();
  return {buffer_.GetString(), buffer_.GetSize()};
}

/// Returns whether an element with `tag` should be written: not in what is skipped, not again, no group length.
bool json_sink::begins(tag_number tag) {
  if (skipped_ > 0 || (tag & 0xFFFF) == 0) return false;
  return levels_.back().seen.insert(tag).second;
}

vr json_sink::representation_of(const element& head) const {
  return head.representation == vr::none ? dictionary_vr(head.tag, signed_pixels_) : head.representation;
}

size_t json_sink::limit_of(vr representation) const {
  return is_binary(representation) ? options_.inline_binary : options_.inline_value;
}

void json_sink::write_head(tag_number tag, vr representation) {
  write_key(out_, tag_digits(tag));
  out_.StartObject();
  out_.Key("vr");
  write_string(out_, letters_of(representation));
}

void json_sink::write_bulk(const element& head) {
  if (options_.bulk_data_uri.empty()) return;
  write_head(head.tag, representation_of(head));
  auto uri = options_.bulk_data_uri;
  for (const auto& one : sequences_) uri += one.digits + "/" + std::to_string(one.items) + "/";
  out_.Key("BulkDataURI");
  write_string(out_, uri + tag_digits(head.tag));
  out_.EndObject();
}

caf::error json_sink::check_size() const {
  if (buffer_.GetSize() <= options_.output) return caf::none;
  return failure(errc::limit_exceeded,
                 "the data set's JSON is longer than " + std::to_string(options_.output) + " bytes");
}

} // namespace noctis
