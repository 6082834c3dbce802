#include "dicom/pixels/colour_mapper.hpp"

#include "dicom/pixels/grey_mapper.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace noctis {

namespace {

uint8_t to_byte(double value) { return static_cast<uint8_t>(std::clamp(value + 0.5, 0.0, 255.0)); }

std::vector<uint8_t> map_palette(const blob& samples, const image_description& image) {
  const auto& format = image.format;
  const unsigned cell = format.bits_allocated / 8U;
  std::vector<std::array<uint8_t, 3>> table(size_t{1} << std::min<unsigned>(format.bits_allocated, 16));
  for (size_t raw = 0; raw < table.size(); ++raw) {
    const uint8_t bytes[]{static_cast<uint8_t>(raw), static_cast<uint8_t>(raw >> 8)};
    const auto stored = stored_value(bytes, format);
    for (size_t c = 0; c < 3; ++c) {
      const auto& channel = image.palette[c];
      const auto last = static_cast<int64_t>(channel.entries.size()) - 1;
      const auto entry = std::clamp<int64_t>(stored - channel.first, 0, last);
      table[raw][c] = static_cast<uint8_t>(channel.entries[static_cast<size_t>(entry)] >> 8);
    }
  }
  std::vector<uint8_t> result(size_t{format.rows} * format.columns * 3);
  const auto* at = samples.data();
  for (size_t i = 0; i < result.size(); i += 3, at += cell) {
    const auto& colour = table[cell == 1 ? at[0] : static_cast<size_t>(at[0] | at[1] << 8)];
    std::copy(colour.begin(), colour.end(), result.begin() + static_cast<ptrdiff_t>(i));
  }
  return result;
}

/// Brings samples to 8 bits.
std::vector<uint8_t> narrow(const blob& samples, const pixel_format& format) {
  const size_t cell = format.bits_allocated / 8U;
  const auto count = size_t{format.rows} * format.columns * 3;
  std::vector<uint8_t> result(count);
  if (cell == 1 && format.bits_stored == 8) {
    std::copy_n(samples.data(), count, result.begin());
    return result;
  }
  auto bare = format;
  bare.is_signed = false;
  const auto most = (uint64_t{1} << format.bits_stored) - 1;
  for (size_t i = 0; i < count; ++i) {
    const auto value = static_cast<uint64_t>(stored_value(samples.data() + i * cell, bare));
    result[i] = static_cast<uint8_t>((value * 255 + most / 2) / most);
  }
  return result;
}

void convert_from_ybr(std::vector<uint8_t>& pixels) {
  for (size_t i = 0; i + 2 < pixels.size(); i += 3) {
    const double y = pixels[i];
    const double cb = pixels[i + 1] - 128.0;
    const double cr = pixels[i + 2] - 128.0;
    pixels[i] = to_byte(y + 1.402 * cr);
    pixels[i + 1] = to_byte(y - 0.344136 * cb - 0.714136 * cr);
    pixels[i + 2] = to_byte(y + 1.772 * cb);
  }
}

} // namespace

caf::expected<std::vector<uint8_t>> map_colours(const blob& samples, const image_description& decoded) {
  const auto& format = decoded.format;
  const auto refused = [&] {
    return failure(errc::invalid_argument, "pictures of " + std::string{to_string(format.interpretation)} + " with " +
                                               std::to_string(format.bits_allocated) + " bits are not shown");
  };
  if (format.interpretation == photometric::palette_color) {
    if (format.bits_allocated != 8 && format.bits_allocated != 16) return refused();
    return map_palette(samples, decoded);
  }
  if (format.samples != 3 || format.bits_allocated > 32) return refused();
  auto result = narrow(samples, format);
  if (format.interpretation == photometric::ybr_full) convert_from_ybr(result);
  return result;
}

} // namespace noctis
