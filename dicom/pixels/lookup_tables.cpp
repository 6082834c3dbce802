#include "dicom/pixels/lookup_tables.hpp"

#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace noctis {

namespace {

constexpr tag_number lut_descriptor = 0x00283002;
constexpr tag_number lut_explanation = 0x00283003;
constexpr tag_number lut_data = 0x00283006;
constexpr tag_number palette_descriptor = 0x00281101; ///< of red; green and blue follow
constexpr tag_number palette_data = 0x00281201;
constexpr tag_number segmented_palette_data = 0x00281221;

struct descriptor {
  uint32_t entries;
  int32_t first;
  uint16_t bits;
};

caf::optional<descriptor> read_descriptor(const attribute_set& item, tag_number tag, bool is_signed) {
  const auto words = item.words(tag);
  if (words.size() != 3 || words[2] < 1 || words[2] > 16) return caf::none;
  const auto first = is_signed ? int32_t{static_cast<int16_t>(words[1])} : int32_t{words[1]};
  return descriptor{words[0] == 0 ? 65536U : words[0], first, words[2]};
}

/// Returns `count` bytes of `raw` as numbers.
std::vector<uint16_t> bytes_of(const attribute_set::raw_value& raw, uint32_t count) {
  std::vector<uint16_t> result(count);
  const uint32_t swap = raw.big_endian && raw.representation == vr::OW ? 1 : 0;
  for (uint32_t i = 0; i < count; ++i) result[i] = static_cast<uint8_t>(raw.bytes[std::min(i ^ swap, count - 1)]);
  return result;
}

/// Returns the entries of a table: words, or bytes where there aren't enough words.
std::vector<uint16_t> read_entries(const attribute_set& item, tag_number tag, uint32_t count) {
  const auto* raw = item.find(tag);
  if (!raw || raw->bytes.size() < count) return {};
  if (raw->bytes.size() / 2 < count) return bytes_of(*raw, count);
  auto words = item.words(tag);
  words.resize(count);
  return words;
}

/// Expands the segments of one colour; `wide`: of 16 bits.
class segment_reader {
public:
  segment_reader(std::vector<uint16_t> words, uint32_t count, bool wide)
      : words_(std::move(words)), count_(count), wide_(wide) {}

  /// Returns the entries, none where the segments are broken.
  std::vector<uint16_t> expand() {
    size_t at = 0;
    while (at < words_.size() && entries_.size() < count_) {
      if (!take(at, true)) return {};
    }
    if (entries_.size() != count_) return {};
    return std::move(entries_);
  }

private:
  bool take(size_t& at, bool may_refer) {
    if (words_.size() - at < 2) return false;
    const auto opcode = words_[at];
    const auto length = words_[at + 1];
    at += 2;
    if (opcode == 0) return discrete(at, length);
    if (opcode == 1) return linear(at, length);
    return opcode == 2 && may_refer && indirect(at, length);
  }

  bool discrete(size_t& at, uint32_t length) {
    if (words_.size() - at < length || count_ - entries_.size() < length) return false;
    entries_.insert(entries_.end(), words_.begin() + static_cast<ptrdiff_t>(at),
                    words_.begin() + static_cast<ptrdiff_t>(at + length));
    at += length;
    return true;
  }

  bool linear(size_t& at, uint32_t length) {
    if (at == words_.size() || entries_.empty() || count_ - entries_.size() < length) return false;
    const double from = entries_.back();
    const double step = length ? (words_[at] - from) / length : 0;
    for (uint32_t i = 1; i <= length; ++i) entries_.push_back(static_cast<uint16_t>(std::lround(from + step * i)));
    ++at;
    return true;
  }

  /// `length` segments again, from a byte offset of 32 bits.
  bool indirect(size_t& at, uint32_t length) {
    const size_t parts = wide_ ? 2 : 4;
    if (words_.size() - at < parts) return false;
    size_t from = 0;
    for (size_t i = 0; i < parts; ++i) from |= size_t{words_[at + i]} << (32 / parts * i);
    if (wide_) from /= 2;
    at += parts;
    if (from >= words_.size()) return false;
    for (uint32_t i = 0; i < length; ++i) {
      if (!take(from, false)) return false;
    }
    return true;
  }

  std::vector<uint16_t> words_;
  uint32_t count_;
  bool wide_;
  std::vector<uint16_t> entries_;
};

caf::optional<palette_channel> read_channel(const attribute_set& image, tag_number colour, bool is_signed) {
  const auto about = read_descriptor(image, palette_descriptor + colour, is_signed);
  if (!about) return caf::none;
  palette_channel result;
  result.first = about->first;
  result.bits = about->bits;
  if (const auto* segments = image.find(segmented_palette_data + colour)) {
    const bool wide = about->bits > 8;
    const auto size = static_cast<uint32_t>(segments->bytes.size());
    auto words = wide ? image.words(segmented_palette_data + colour) : bytes_of(*segments, size);
    result.entries = segment_reader{std::move(words), about->entries, wide}.expand();
  } else
    result.entries = read_entries(image, palette_data + colour, about->entries);
  if (result.entries.empty()) return caf::none;
  return result;
}

} // namespace

caf::optional<lookup_table> read_lookup_table(const attribute_set& item, bool is_signed) {
  const auto about = read_descriptor(item, lut_descriptor, is_signed);
  if (!about) return caf::none;
  lookup_table result;
  result.first = about->first;
  result.bits = about->bits;
  result.entries = read_entries(item, lut_data, about->entries);
  result.explanation = item.text(lut_explanation);
  if (result.entries.empty()) return caf::none;
  return result;
}

caf::expected<std::array<palette_channel, 3>> read_palette(const attribute_set& image, bool is_signed) {
  constexpr const char* names[]{"Red", "Green", "Blue"};
  std::array<palette_channel, 3> result;
  uint16_t greatest = 0;
  for (tag_number colour = 0; colour < 3; ++colour) {
    auto channel = read_channel(image, colour, is_signed);
    if (!channel)
      return failure(errc::invalid_argument,
                     std::string{names[colour]} + " Palette Color Lookup Table is absent or broken");
    greatest = std::max(greatest, *std::max_element(channel->entries.begin(), channel->entries.end()));
    result[colour] = std::move(*channel);
  }
  // Tables of 8 bits, some of which are announced as 16.
  const bool bytes = greatest < 256;
  for (auto& channel : result) {
    channel.bits = 16;
    if (!bytes) continue;
    for (auto& entry : channel.entries) entry = static_cast<uint16_t>(entry * 257);
  }
  return result;
}

} // namespace noctis
