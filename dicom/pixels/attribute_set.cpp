#include "dicom/pixels/attribute_set.hpp"

#include "dicom/byte_order.hpp"
#include "dicom/data_set_parser.hpp"
#include "dicom/numbers.hpp"
#include "dicom/part10.hpp"
#include "dicom/text.hpp"
#include "dicom/transfer_syntax.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace noctis {

namespace {

constexpr uint64_t first_piece = uint64_t{16} << 10;
constexpr uint64_t largest_piece = uint64_t{1} << 20;
constexpr uint64_t longest_header = uint64_t{64} << 20;
constexpr size_t longest_value = size_t{1} << 20;
constexpr size_t most_kept = size_t{32} << 20;
constexpr size_t overhead = 128; ///< what a kept value or item costs beyond its bytes, about

// Ascending: the sequences that are looked into, and the attributes that are kept.
constexpr tag_number sequences[]{
    0x00189321, // CT Exposure
    0x00189325, // CT X-Ray Details
    0x00209113, // Plane Position
    0x00209116, // Plane Orientation
    0x00283000, // Modality LUT
    0x00283010, // VOI LUT
    0x00289110, // Pixel Measures
    0x00289132, // Frame VOI LUT
    0x00289145, // Pixel Value Transformation
    0x52009229, // Shared Functional Groups
    0x52009230, // Per-Frame Functional Groups
};
constexpr tag_number kept[]{
    0x00080005, 0x00080008, 0x00080016, 0x00080018, 0x00080020, 0x00080060, 0x00080070, 0x00080080, 0x00081010,
    0x00081030, 0x0008103E, 0x00100010, 0x00100020, 0x00100030, 0x00100040, 0x00180010, 0x00180015, 0x00180050,
    0x00180060, 0x00180080, 0x00180081, 0x00181030, 0x00181164, 0x00181210, 0x00185100, 0x00189317, 0x00189345,
    0x0020000D, 0x0020000E, 0x00200013, 0x00200032, 0x00200037, 0x00200052, 0x00200060, 0x00200062, 0x00280002,
    0x00280004, 0x00280006, 0x00280008, 0x00280010, 0x00280011, 0x00280030, 0x00280034, 0x00280100, 0x00280101,
    0x00280102, 0x00280103, 0x00280120, 0x00280121, 0x00280301, 0x00281050, 0x00281051, 0x00281052, 0x00281053,
    0x00281054, 0x00281055, 0x00281056, 0x00281101, 0x00281102, 0x00281103, 0x00281201, 0x00281202, 0x00281203,
    0x00281221, 0x00281222, 0x00281223, 0x00282110, 0x00283002, 0x00283003, 0x00283004, 0x00283006, 0x20500020,
    0x7FE00001, 0x7FE00002,
};

template <size_t Size>
bool contains(const tag_number (&table)[Size], tag_number tag) {
  return std::binary_search(std::begin(table), std::end(table), tag);
}

} // namespace

const attribute_set::raw_value* attribute_set::find(tag_number tag) const {
  const auto found = values_.find(tag);
  return found == values_.end() ? nullptr : &found->second;
}

const std::vector<attribute_set>& attribute_set::items(tag_number tag) const {
  static const std::vector<attribute_set> none;
  const auto found = sequences_.find(tag);
  return found == sequences_.end() ? none : found->second;
}

std::vector<double> attribute_set::numbers(tag_number tag, bool is_signed) const {
  const auto* value = find(tag);
  if (!value) return {};
  auto representation = value->representation;
  if (!is_numeric(representation)) representation = dictionary_vr(tag, is_signed);
  if (!is_numeric(representation)) return {};
  auto result = numbers_of(representation, value->bytes, value->big_endian);
  result.erase(std::remove_if(result.begin(), result.end(), [](double x) { return !std::isfinite(x); }), result.end());
  return result;
}

caf::optional<double> attribute_set::number(tag_number tag, bool is_signed) const {
  const auto all = numbers(tag, is_signed);
  if (all.empty()) return caf::none;
  return all.front();
}

std::vector<uint16_t> attribute_set::words(tag_number tag) const {
  const auto* value = find(tag);
  if (!value) return {};
  std::vector<uint16_t> result(value->bytes.size() / 2);
  const auto* bytes = reinterpret_cast<const uint8_t*>(value->bytes.data());
  for (auto& word : result) {
    word = read_u16(bytes, value->big_endian);
    bytes += 2;
  }
  return result;
}

std::string attribute_set::text(tag_number tag) const {
  const auto* value = find(tag);
  return value ? std::string{trimmed(value->bytes)} : std::string{};
}

/// Collects the attributes that describe pixels, until the pixels begin.
class attribute_collector : public data_set_sink {
public:
  explicit attribute_collector(attribute_set& into) : levels_{{&into, nullptr}} {}

  bool wants(const element& head) override {
    if (head.depth == 0 && is_pixel_data(head.tag)) meet_pixels(head, false);
    return !pixels_.tag && levels_.back().set && contains(kept, head.tag);
  }

  caf::error value(const element& head, const uint8_t* bytes, size_t size) override {
    if (auto err = count(size)) return err;
    levels_.back().set->values_.emplace(
        head.tag, attribute_set::raw_value{head.representation, head.big_endian,
                                           std::string(reinterpret_cast<const char*>(bytes), size)});
    return {};
  }

  void fragments(const element& head) override {
    if (head.depth == 0 && is_pixel_data(head.tag)) meet_pixels(head, true);
  }

  void begin_sequence(const element& head) override {
    auto* set = levels_.back().set;
    const bool wanted = set && contains(sequences, head.tag) && too_much_ == false;
    levels_.push_back({nullptr, wanted ? &set->sequences_[head.tag] : nullptr});
  }
  void end_sequence() override { levels_.pop_back(); }

  void begin_item() override {
    auto* items = levels_.back().items;
    if (items && count(0)) items = nullptr;
    if (items) items->emplace_back();
    levels_.push_back({items ? &items->back() : nullptr, nullptr});
  }
  void end_item() override { levels_.pop_back(); }

  vr implicit_vr(tag_number tag) override { return dictionary_vr(tag); }

  [[nodiscard]] const pixel_element& pixels() const { return pixels_; }
  [[nodiscard]] bool too_much() const { return too_much_; }

private:
  /// An item (with a set) or a sequence (with items); neither where it is of no interest.
  struct level {
    attribute_set* set;
    std::vector<attribute_set>* items;
  };

  void meet_pixels(const element& head, bool fragmented) {
    if (pixels_.tag) return;
    pixels_ = {head.tag,    head.representation,       fragmented,
               head.offset, head.offset + head.header, fragmented ? 0 : head.length};
  }

  caf::error count(size_t size) {
    kept_ += size + overhead;
    if (kept_ <= most_kept) return {};
    too_much_ = true;
    return failure(errc::limit_exceeded, "the attributes that describe the pixels are longer than 32 MiB");
  }

  std::vector<level> levels_;
  pixel_element pixels_;
  size_t kept_ = 0;
  bool too_much_ = false;
};

caf::expected<part10_meta> read_file_meta(const byte_source& source) {
  auto length = std::min(first_piece, source.size);
  for (;;) {
    auto bytes = read_exactly(source, 0, length);
    if (!bytes) return bytes.error();
    auto reading = read_part10_meta(bytes->data(), bytes->size(), length == source.size);
    if (!reading) return reading.error();
    if (reading->state == part10_state::complete) return std::move(reading->meta);
    length = std::min(length * 4, source.size);
  }
}

caf::expected<image_header> read_image_header(const byte_source& source) {
  auto meta = read_file_meta(source);
  if (!meta) return meta.error();
  auto how = encoding_of(meta->transfer_syntax_uid);
  if (!how) return how.error();
  image_header result;
  result.transfer_syntax_uid = meta->transfer_syntax_uid;
  result.source_aet = meta->source_aet;
  result.data_set_offset = meta->data_set_offset;
  attribute_collector collector{result.attributes};
  scan_limits limits;
  limits.kept_value = longest_value;
  data_set_parser parser{*how, collector, limits};
  auto at = result.data_set_offset;
  for (auto piece = first_piece; at < source.size && !collector.pixels().tag;
       piece = std::min(piece * 2, largest_piece)) {
    if (at - result.data_set_offset > longest_header)
      return failure(errc::limit_exceeded, "the pixels begin more than 64 MiB behind the start of the data set");
    piece = std::min(piece, source.size - at);
    auto bytes = read_exactly(source, at, piece);
    if (!bytes) return bytes.error();
    auto err = parser.feed(bytes->data(), bytes->size());
    if (err && !collector.pixels().tag) return err;
    at += piece;
  }
  result.pixels = collector.pixels();
  if (collector.too_much())
    return failure(errc::limit_exceeded, "the attributes that describe the pixels are longer than 32 MiB");
  if (!result.pixels.tag) {
    if (auto err = parser.finish()) return err;
  }
  return result;
}

} // namespace noctis
