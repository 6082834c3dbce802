#include "tests/dicom/pixels/test_images.hpp"

#include "dicom/part10.hpp"
#include "tests/dicom/data_set_builder.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace noctis::test {

namespace {

constexpr const char* secondary_capture = "1.2.840.10008.5.1.4.1.1.7";

void append(blob::buffer& to, const uint8_t* data, size_t size) { to.insert(to.end(), data, data + size); }

} // namespace

pixel_format make_format(uint16_t bits_stored, bool is_signed, uint16_t samples) {
  pixel_format format;
  format.rows = 61;
  format.columns = 83;
  format.samples = samples;
  format.interpretation = samples == 3 ? photometric::rgb : photometric::monochrome2;
  format.bits_allocated = bits_stored > 16 ? 32 : bits_stored > 8 ? 16 : 8;
  format.bits_stored = bits_stored;
  format.high_bit = static_cast<uint16_t>(bits_stored - 1);
  format.is_signed = is_signed;
  return format;
}

blob make_frame(const pixel_format& format, uint32_t seed) {
  const size_t cell = format.bits_allocated / 8U;
  const int64_t range = int64_t{1} << format.bits_stored;
  const int64_t least = format.is_signed ? -range / 2 : 0;
  blob::buffer bytes(format.frame_bytes());
  uint32_t noise = seed * 2654435761U;
  size_t at = 0;
  for (uint32_t y = 0; y < format.rows; ++y) {
    for (uint32_t x = 0; x < format.columns; ++x) {
      for (uint32_t s = 0; s < format.samples; ++s, at += cell) {
        noise = noise * 1664525U + 1013904223U;
        auto value = range * (x + y * (s + 1)) / (format.columns + format.rows * (s + 1)) + (noise >> 29);
        if ((x / 16 + y / 16 + seed) % 7 == 0) value = range - 1 - (noise >> 31);
        if ((x / 16 + y / 16 + seed) % 7 == 1) value = noise >> 31;
        value = least + std::min<int64_t>(value, range - 1);
        for (size_t i = 0; i < cell; ++i) bytes[at + i] = static_cast<uint8_t>(static_cast<uint64_t>(value) >> (8 * i));
      }
    }
  }
  return blob{std::move(bytes)};
}

image_description make_description(const pixel_format& format, const std::string& uid, uint32_t frames) {
  image_description result;
  result.transfer_syntax_uid = uid;
  result.format = format;
  result.frames = frames;
  return result;
}

image_writer::image_writer(const pixel_format& format, std::string uid, uint32_t frames)
    : bytes_(part10_preamble(secondary_capture, "1.2.3.4", uid, "TEST")) {
  auto name = std::string{to_string(format.interpretation)};
  if (name.size() % 2) name += ' ';
  auto count = std::to_string(frames);
  if (count.size() % 2) count += ' ';
  data_set_builder set;
  set.identity().text(0x00100010, "PN", "Muster^Max").text(0x00100020, "LO", "4711");
  set.number16(0x00280002, format.samples).text(0x00280004, "CS", name);
  if (format.samples > 1) set.number16(0x00280006, format.planar ? 1 : 0);
  set.text(0x00280008, "IS", count);
  set.number16(0x00280010, static_cast<uint16_t>(format.rows));
  set.number16(0x00280011, static_cast<uint16_t>(format.columns));
  set.number16(0x00280100, format.bits_allocated).number16(0x00280101, format.bits_stored);
  set.number16(0x00280102, format.high_bit).number16(0x00280103, format.is_signed ? 1 : 0);
  append(bytes_, set.data(), set.size());
}

image_writer& image_writer::attributes(const blob::buffer& elements) {
  append(bytes_, elements.data(), elements.size());
  return *this;
}

image_writer& image_writer::native(const std::vector<blob>& frames) {
  size_t size = 0;
  for (const auto& frame : frames) size += frame.size();
  data_set_builder set;
  set.head(tags::pixel_data, "OW", static_cast<uint32_t>(size + size % 2));
  append(bytes_, set.data(), set.size());
  for (const auto& frame : frames) append(bytes_, frame.data(), frame.size());
  if (size % 2) bytes_.push_back(0);
  return *this;
}

image_writer& image_writer::fragments(const std::vector<uint32_t>& offsets, const std::vector<blob>& parts) {
  data_set_builder set;
  set.head(tags::pixel_data, "OB", undefined_length).item(static_cast<uint32_t>(offsets.size() * 4));
  for (const auto offset : offsets) set.u32(offset);
  for (const auto& part : parts) {
    set.item(static_cast<uint32_t>(part.size() + part.size() % 2));
    set.raw({reinterpret_cast<const char*>(part.data()), part.size()});
    if (part.size() % 2) set.raw({"\0", 1});
  }
  set.end_sequence();
  append(bytes_, set.data(), set.size());
  return *this;
}

std::vector<blob> pieces_of(const blob& bytes, size_t size) {
  std::vector<blob> result;
  for (size_t at = 0; at < bytes.size(); at += size) {
    const auto* from = bytes.data() + at;
    result.emplace_back(blob::buffer{from, from + std::min(size, bytes.size() - at)});
  }
  return result;
}

} // namespace noctis::test
