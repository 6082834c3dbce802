#include "dicom/pixels/resample.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace noctis {

namespace {

/// How much each pixel of a line takes from which pixels of the old line.
struct line_weights {
  struct taps {
    size_t first;   ///< pixel of the old line
    size_t weights; ///< where they begin
    size_t count;
  };
  std::vector<taps> pixels;
  std::vector<float> weights;
};

void normalise(std::vector<float>& weights, size_t from) {
  float sum = 0;
  for (auto i = from; i < weights.size(); ++i) sum += weights[i];
  for (auto i = from; i < weights.size(); ++i) weights[i] /= sum;
}

/// `count` pixels from `length` old ones that begin at `start`; the old line has `limit`.
line_weights make_weights(uint32_t count, double start, double length, uint32_t limit, bool flipped) {
  line_weights result;
  const auto step = length / count;
  const auto last = static_cast<double>(limit - 1);
  for (uint32_t i = 0; i < count; ++i) {
    const auto from = start + (flipped ? count - 1 - i : i) * step;
    const auto begin = result.weights.size();
    double first = 0;
    if (step > 1) {
      first = std::clamp(std::floor(from), 0.0, last);
      const auto end = std::clamp(std::ceil(from + step), first + 1, last + 1);
      for (auto at = static_cast<size_t>(first); at < static_cast<size_t>(end); ++at) {
        const auto x = static_cast<double>(at);
        const auto share = std::min(x + 1, from + step) - std::max(x, from);
        result.weights.push_back(static_cast<float>(std::max(share, 1e-6)));
      }
    } else {
      const auto centre = std::clamp(from + step / 2 - 0.5, 0.0, last);
      first = std::floor(centre);
      result.weights.push_back(static_cast<float>(1 - (centre - first)));
      if (first < last) result.weights.push_back(static_cast<float>(centre - first));
    }
    normalise(result.weights, begin);
    result.pixels.push_back({static_cast<size_t>(first), begin, result.weights.size() - begin});
  }
  return result;
}

/// The mean of some rows of `from`, as `weights` says.
void mix_rows(const picture& from, const line_weights& rows, size_t row, std::vector<float>& line) {
  const auto& taps = rows.pixels[row];
  std::fill(line.begin(), line.end(), 0.0F);
  for (size_t i = 0; i < taps.count; ++i) {
    const auto weight = rows.weights[taps.weights + i];
    const auto* at = from.pixels.data() + (taps.first + i) * line.size();
    for (auto& value : line) value += weight * static_cast<float>(*at++);
  }
}

void mix_columns(const std::vector<float>& line, const line_weights& columns, size_t channels, uint8_t* to) {
  for (const auto& taps : columns.pixels) {
    for (size_t c = 0; c < channels; ++c) {
      float sum = 0;
      for (size_t i = 0; i < taps.count; ++i)
        sum += columns.weights[taps.weights + i] * line[(taps.first + i) * channels + c];
      *to++ = static_cast<uint8_t>(std::clamp(sum + 0.5F, 0.0F, 255.0F));
    }
  }
}

bool is_whole(const picture& from, const picture_part& part, uint32_t width, uint32_t height) {
  return width == from.width && height == from.height && part.x == 0 && part.y == 0 && part.width == from.width &&
         part.height == from.height && !part.flip_x && !part.flip_y;
}

} // namespace

picture resample(const picture& from, const picture_part& part, uint32_t width, uint32_t height) {
  if (is_whole(from, part, width, height)) return from;
  picture result{width, height, from.channels, {}};
  const auto columns = make_weights(width, part.x, part.width, from.width, part.flip_x);
  const auto rows = make_weights(height, part.y, part.height, from.height, part.flip_y);
  std::vector<float> line(size_t{from.width} * from.channels);
  result.pixels.resize(size_t{width} * height * from.channels);
  for (uint32_t y = 0; y < height; ++y) {
    mix_rows(from, rows, y, line);
    mix_columns(line, columns, from.channels, result.pixels.data() + size_t{y} * width * from.channels);
  }
  return result;
}

} // namespace noctis
