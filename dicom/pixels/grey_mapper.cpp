#include "dicom/pixels/grey_mapper.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace noctis {

namespace {

constexpr double white = 255;

uint64_t raw_cell(const uint8_t* at, unsigned bytes) {
  uint64_t result = 0;
  for (unsigned i = 0; i < bytes; ++i) result |= uint64_t{at[i]} << (8 * i);
  return result;
}

int64_t stored_bits(uint64_t raw, const pixel_format& format) {
  const unsigned bits = format.bits_stored;
  raw >>= format.high_bit + 1U - bits;
  if (bits < 64) raw &= (uint64_t{1} << bits) - 1;
  const auto sign = format.is_signed && bits < 64 ? uint64_t{1} << (bits - 1) : 0;
  return static_cast<int64_t>((raw ^ sign) - sign);
}

uint16_t look_up(const lookup_table& table, double value) {
  const auto last = static_cast<double>(table.entries.size() - 1);
  return table.entries[static_cast<size_t>(std::clamp(std::floor(value + 0.5) - table.first, 0.0, last))];
}

/// PS3.3 C.11.2.1.2 and C.11.2.1.3, from 0 to `white`.
double windowed(double x, const voi_window& window) {
  const auto c = window.centre;
  const auto w = window.width;
  switch (window.function) {
  case window_function::sigmoid:
    return white / (1 + std::exp(-4 * (x - c) / w));
  case window_function::linear_exact:
    if (x <= c - w / 2) return 0;
    return x > c + w / 2 ? white : ((x - c) / w + 0.5) * white;
  case window_function::linear:
    break;
  }
  if (x <= c - 0.5 - (w - 1) / 2) return 0;
  return x > c - 0.5 + (w - 1) / 2 ? white : ((x - (c - 0.5)) / (w - 1) + 0.5) * white;
}

} // namespace

int64_t stored_value(const uint8_t* at, const pixel_format& format) {
  return stored_bits(raw_cell(at, format.bits_allocated / 8U), format);
}

grey_mapper::grey_mapper(const image_description& decoded, uint32_t frame, caf::optional<voi_window> window)
    : image_(decoded), values_(decoded.values_of(frame)), window_(std::move(window)),
      inverted_(decoded.format.interpretation == photometric::monochrome1 || decoded.inverse_presentation) {
  if (!window_ && !values_.voi_luts.empty()) voi_lut_ = &values_.voi_luts.front();
  if (!window_ && !voi_lut_ && !values_.windows.empty()) window_ = values_.windows.front();
  if (!image_.padding_value) return;
  padded_ = true;
  auto format = image_.format;
  format.high_bit = static_cast<uint16_t>(format.bits_stored - 1);
  const auto as_stored = [&format](int32_t value) { return stored_bits(static_cast<uint64_t>(value), format); };
  padding_from_ = as_stored(*image_.padding_value);
  padding_to_ = image_.padding_limit ? as_stored(*image_.padding_limit) : padding_from_;
  if (padding_from_ > padding_to_) std::swap(padding_from_, padding_to_);
}

bool grey_mapper::is_padding(int64_t stored) const {
  return padded_ && stored >= padding_from_ && stored <= padding_to_;
}

double grey_mapper::modality_value(int64_t stored) const {
  const auto value = static_cast<double>(stored);
  return values_.modality_lut ? look_up(*values_.modality_lut, value) : value * values_.slope + values_.intercept;
}

/// From the least to the greatest value of the frame, padding aside.
voi_window grey_mapper::whole_range(const blob& samples) const {
  const auto& format = image_.format;
  const size_t cell = format.bits_allocated / 8U;
  auto least = std::numeric_limits<double>::max();
  auto most = std::numeric_limits<double>::lowest();
  for (size_t at = 0; at + cell <= format.frame_bytes(); at += cell) {
    const auto stored = stored_value(samples.data() + at, format);
    if (is_padding(stored)) continue;
    const auto value = modality_value(stored);
    least = std::min(least, value);
    most = std::max(most, value);
  }
  if (most <= least) return {least + 0.5, 1, window_function::linear_exact, {}}; // black, if there are any
  return {(least + most) / 2, most - least, window_function::linear_exact, {}};
}

uint8_t grey_mapper::grey(int64_t stored, const voi_window& window) const {
  if (is_padding(stored)) return 0;
  const auto value = modality_value(stored);
  double result = 0;
  if (voi_lut_)
    result = look_up(*voi_lut_, value) * white / ((1U << voi_lut_->bits) - 1U);
  else
    result = windowed(value, window);
  if (inverted_) result = white - result;
  return static_cast<uint8_t>(std::clamp(result + 0.5, 0.0, white));
}

std::vector<uint8_t> grey_mapper::map_bits(const blob& samples) const {
  std::vector<uint8_t> result(size_t{image_.format.rows} * image_.format.columns);
  for (size_t i = 0; i < result.size(); ++i) {
    const bool set = (samples.data()[i / 8] >> (i % 8) & 1) != 0;
    result[i] = set == inverted_ ? 0 : 255;
  }
  return result;
}

std::vector<uint8_t> grey_mapper::map(const blob& samples) const {
  const auto& format = image_.format;
  if (format.bits_allocated == 1) return map_bits(samples);
  const auto window = window_ ? *window_ : voi_lut_ ? voi_window{} : whole_range(samples);
  const unsigned cell = format.bits_allocated / 8U;
  std::vector<uint8_t> result(size_t{format.rows} * format.columns);
  if (cell > 2) {
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = grey(stored_value(samples.data() + i * cell, format), window);
    return result;
  }
  std::vector<uint8_t> table(size_t{1} << format.bits_allocated);
  for (size_t raw = 0; raw < table.size(); ++raw) table[raw] = grey(stored_bits(raw, format), window);
  const auto* at = samples.data();
  for (auto& pixel : result) {
    pixel = table[cell == 1 ? at[0] : static_cast<size_t>(at[0] | at[1] << 8)];
    at += cell;
  }
  return result;
}

} // namespace noctis
