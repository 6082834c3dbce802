#include "dicom/deidentification/deidentify.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/data_set_parser.hpp"
#include "dicom/data_set_writer.hpp"
#include "dicom/deflate.hpp"
#include "dicom/deidentification/subject.hpp"
#include "dicom/deidentification/table.hpp"
#include "dicom/deidentification/values.hpp"
#include "dicom/part10.hpp"
#include "dicom/scanner.hpp"
#include "dicom/text.hpp"
#include "dicom/text_encoder.hpp"
#include "dicom/transfer_syntax.hpp"
#include "dicom/vr.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace noctis {

namespace {

using action = deidentification_action;

constexpr tag_number specific_character_set = 0x00080005;
constexpr tag_number sop_class_uid = 0x00080016;
constexpr tag_number sop_instance_uid = 0x00080018;
constexpr tag_number patient_name = 0x00100010;
constexpr tag_number patient_id = 0x00100020;
constexpr tag_number patient_identity_removed = 0x00120062;
constexpr tag_number method = 0x00120063;
constexpr tag_number method_code_sequence = 0x00120064;
constexpr tag_number temporal_information_modified = 0x00280303;

/// Writes a data set anew while it is parsed. The bytes stand at `data`.
class deidentifying_sink : public data_set_sink {
public:
  deidentifying_sink(const uint8_t* data, size_t size, encoding how, const deidentification_profile& profile,
                     const deidentified_values& values)
      : data_(data), size_(size), how_(how), profile_(profile), values_(values),
        writer_(how.implicit_vr, how.big_endian) {
    levels_.emplace_back();
  }

  bool wants(const element& head) override {
    if (skipped_ > 0) return false;
    if (head.depth == 0) write_statements(head.tag);
    const auto begin = head.offset + head.header;
    if (begin + head.length <= size_) write_value(head, {text_at(begin), head.length});
    return false;
  }

  caf::error value(const element&, const uint8_t*, size_t) override { return caf::none; }

  void fragments(const element& head) override {
    if (skipped_ > 0) return;
    if (head.depth == 0) write_statements(head.tag);
    const auto representation = representation_of(head);
    if (action_of(head.tag, representation) != action::keep) return;
    const auto begin = head.offset + head.header;
    writer_.undefined(head.tag, representation, {text_at(begin), end_of_fragments(begin) - begin});
  }

  void begin_sequence(const element& head) override {
    if (skipped_ == 0 && head.depth == 0) write_statements(head.tag);
    if (skipped_ > 0 || !begins(head)) {
      ++skipped_;
      return;
    }
    open_.push_back(writer_.begin_sequence(head.tag));
  }

  void end_sequence() override {
    if (skipped_ > 0)
      --skipped_;
    else
      end_open();
  }

  void begin_item() override {
    if (skipped_ > 0) return;
    levels_.push_back({levels_.back().character_set, {}});
    open_.push_back(writer_.begin_item());
  }

  void end_item() override {
    if (skipped_ > 0) return;
    levels_.pop_back();
    end_open();
  }

  vr implicit_vr(tag_number tag) override { return dictionary_vr(tag); }

  std::vector<uint8_t> finish() {
    write_statements(0xFFFFFFFF);
    return writer_.take();
  }

private:
  /// The data set or an item of it.
  struct level {
    std::string character_set;
    std::map<tag_number, std::string> creators; ///< of private blocks
  };

  [[nodiscard]] const char* text_at(uint64_t offset) const { return reinterpret_cast<const char*>(data_ + offset); }

  /// Returns the VR of an element; of the dictionary where it does not say or nobody knew it who wrote it.
  [[nodiscard]] static vr representation_of(const element& head) {
    const bool unsaid = head.representation == vr::none || head.representation == vr::UN;
    return unsaid ? dictionary_vr(head.tag) : head.representation;
  }

  [[nodiscard]] action action_of(tag_number tag, vr representation) const {
    const auto in_block = tag & 0xFFFF;
    const auto creator = levels_.back().creators.find(in_block > 0xFF ? (tag & 0xFFFF0000) | in_block >> 8 : tag);
    const auto name = creator == levels_.back().creators.end() ? std::string_view{} : std::string_view{creator->second};
    return deidentification_action_of(tag, representation, name, profile_);
  }

  /// Returns whether a sequence should be written, and what is inside it too. Items of another byte order and sequences
  /// that stand as bytes are not looked into, so they go.
  bool begins(const element& head) {
    if (how_.big_endian && head.representation == vr::UN) return false;
    const auto what = states(head.tag) ? action::remove : action_of(head.tag, vr::SQ);
    if (what == action::empty) writer_.end(writer_.begin_sequence(head.tag));
    return what != action::remove && what != action::empty;
  }

  /// Returns whether `tag` is one of those that say how the data set was de-identified.
  static bool states(tag_number tag) {
    return tag == patient_identity_removed || tag == method || tag == method_code_sequence ||
           tag == temporal_information_modified;
  }

  void write_value(const element& head, std::string_view bytes) {
    const auto tag = head.tag;
    const auto representation = representation_of(head);
    if (head.depth == 0 && states(tag)) return;
    if (tag == specific_character_set) levels_.back().character_set = trimmed(bytes);
    if ((tag >> 16) % 2 == 1 && (tag & 0xFFFF) <= 0xFF) levels_.back().creators[tag] = trimmed(bytes);
    switch (action_of(tag, representation)) {
    case action::remove:
      return;
    case action::keep:
      if (representation == vr::SQ) return;
      return writer_.value(tag, head.representation == vr::UN ? vr::UN : representation, bytes);
    case action::clean:
      return write_cleaned(tag, representation, bytes);
    case action::new_uid:
      return writer_.value(tag, vr::UI, values_.uids(bytes));
    case action::empty:
      return writer_.value(tag, representation, tag == patient_name ? pseudonym_of(bytes) : std::string{});
    default:
      return write_dummy(tag, representation, bytes);
    }
  }

  /// What was empty stays so, and nobody's name or id gets one.
  [[nodiscard]] std::string pseudonym_of(std::string_view bytes) const {
    return trimmed(bytes).empty() ? std::string{} : values_.pseudonym();
  }

  void write_dummy(tag_number tag, vr representation, std::string_view bytes) {
    if (trimmed(bytes).empty()) return writer_.value(tag, representation, {});
    if (representation == vr::SQ) return;
    const bool is_id = tag == patient_id;
    auto value = is_id ? values_.pseudonym() : deidentified_values::dummy(representation);
    if (representation == vr::UI) value = values_.uids(bytes);
    writer_.value(tag, representation, value);
  }

  void write_cleaned(tag_number tag, vr representation, std::string_view bytes) {
    switch (representation) {
    case vr::DA:
    case vr::DT:
      return writer_.value(tag, representation, values_.shifted_dates(bytes));
    case vr::TM:
      return writer_.value(tag, representation, bytes);
    case vr::AE:
    case vr::LO:
    case vr::LT:
    case vr::SH:
    case vr::ST:
    case vr::UC:
    case vr::UT:
      return write_cleaned_text(tag, representation, bytes);
    default: // overlays, curves and others that no program can read
      return;
    }
  }

  void write_cleaned_text(tag_number tag, vr representation, std::string_view bytes) {
    const auto kind = has_one_value(representation) ? text_kind::long_text : text_kind::value;
    text_decoder decoder{levels_.back().character_set};
    text_encoder encoder{levels_.back().character_set};
    const auto encoded = encoder.encode(values_.cleaned(trimmed(decoder.decode(bytes, kind))), kind);
    writer_.value(tag, representation, encoded ? *encoded : std::string{});
  }

  /// Returns where the fragments that begin at `at` end, their delimiter included.
  [[nodiscard]] uint64_t end_of_fragments(uint64_t at) const {
    constexpr uint64_t header = 8;
    while (at + header <= size_) {
      const auto* bytes = data_ + at;
      const bool is_item = read_u16(bytes, how_.big_endian) == 0xFFFE && read_u16(bytes + 2, how_.big_endian) == 0xE000;
      const uint64_t length = is_item ? read_u32(bytes + 4, how_.big_endian) : 0;
      at += header + length;
      if (!is_item) break;
    }
    return std::min<uint64_t>(at, size_);
  }

  void end_open() {
    writer_.end(open_.back());
    open_.pop_back();
  }

  /// Writes those attributes on how the data set was de-identified that stand before `next` and are not written yet.
  void write_statements(tag_number next) {
    using namespace deidentification_options;
    if (stated_ < patient_identity_removed && next > patient_identity_removed) {
      writer_.value(patient_identity_removed, vr::CS, "YES");
      write_methods();
      stated_ = method_code_sequence;
    }
    if (stated_ < temporal_information_modified && next > temporal_information_modified) {
      const char* dates_are = profile_.has(dates)            ? "UNMODIFIED"
                              : profile_.has(modified_dates) ? "MODIFIED"
                                                             : "REMOVED";
      writer_.value(temporal_information_modified, vr::CS, dates_are);
      stated_ = temporal_information_modified;
    }
  }

  void write_methods() {
    writer_.value(method, vr::LO, "PS3.15 Annex E, " + std::string{implementation_version_name});
    const auto sequence = writer_.begin_sequence(method_code_sequence);
    for (const auto& code : deidentification_methods(profile_)) {
      const auto item = writer_.begin_item();
      writer_.value(0x00080100, vr::SH, code.value);
      writer_.value(0x00080102, vr::SH, "DCM");
      writer_.value(0x00080104, vr::LO, code.meaning);
      writer_.end(item);
    }
    writer_.end(sequence);
  }

  const uint8_t* data_;
  size_t size_;
  encoding how_;
  const deidentification_profile& profile_;
  const deidentified_values& values_;
  data_set_writer writer_;
  std::vector<level> levels_;
  std::vector<size_t> open_; ///< sequences and items that the writer has begun
  size_t skipped_ = 0;       ///< sequences open that are not written
  tag_number stated_ = 0;    ///< the last of the attributes on how it was done that is written
};

} // namespace

caf::expected<std::vector<uint8_t>> deidentify(const uint8_t* data, size_t size, const deidentification& how) {
  if (how.secret.empty()) return failure(errc::invalid_argument, "de-identification needs a secret");
  const auto reading = read_part10_meta(data, size, true);
  if (!reading) return reading.error();
  const auto& meta = reading->meta;
  auto encoded = encoding_of(meta.transfer_syntax_uid);
  if (!encoded) return encoded.error();
  header_scanner scanner{meta.transfer_syntax_uid, deidentification_subject::tags()};
  if (auto err = scanner.feed(data + meta.data_set_offset, size - meta.data_set_offset)) return err;
  if (auto err = scanner.finish()) return err;
  const deidentification_subject who{scanner};
  if (auto err = how.allows_burned_in ? caf::error{} : who.check_pixels()) return err;

  const auto* data_set = data + meta.data_set_offset;
  auto data_set_size = size - meta.data_set_offset;
  std::vector<uint8_t> inflated;
  const bool deflated = std::exchange(encoded->deflated, false);
  if (deflated) {
    auto whole = inflate_whole(data_set, data_set_size);
    if (!whole) return whole.error();
    inflated = std::move(*whole);
    data_set = inflated.data();
    data_set_size = inflated.size();
  }
  const deidentified_values values{how.secret, who.text(patient_id), who.names()};
  deidentifying_sink sink{data_set, data_set_size, *encoded, how.profile, values};
  data_set_parser parser{*encoded, sink};
  if (auto err = parser.feed(data_set, data_set_size)) return err;
  if (auto err = parser.finish()) return err;
  auto body = sink.finish();
  if (deflated) body = deflate_whole(body);

  const bool keeps_uids = how.profile.has(deidentification_options::uids);
  const auto uid = who.text(sop_instance_uid);
  const auto sop_class = who.text(sop_class_uid);
  auto result = part10_preamble(sop_class.empty() ? meta.sop_class_uid : sop_class,
                                keeps_uids ? uid : deidentified_uid(uid, how.secret), meta.transfer_syntax_uid, {});
  result.insert(result.end(), body.begin(), body.end());
  return result;
}

} // namespace noctis
