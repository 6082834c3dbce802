#include "imaging/analysers/burned_in_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace noctis {

namespace {

constexpr float bright_from = 0.9F;    // of the image's range
constexpr float dark_below = 0.6F;     // what must lie beside a bright pixel of a letter
constexpr double greatest_share = 0.1; // of the image that may be bright
constexpr int least_height = 5;        // pixels
constexpr int greatest_height = 48;
constexpr size_t least_letters = 4;

/// A part of touching bright pixels.
struct glyph {
  int left = 0;
  int right = 0;
  int top = 0;
  int bottom = 0;
  int pixels = 0;

  [[nodiscard]] int width() const { return right - left + 1; }
  [[nodiscard]] int height() const { return bottom - top + 1; }

  [[nodiscard]] bool is_letter() const {
    const auto fill = double(pixels) / (double(width()) * height());
    return height() >= least_height && height() <= greatest_height && width() <= 1.6 * height() && fill > 0.12 &&
           (fill < 0.85 || width() * 3 < height());
  }

  [[nodiscard]] bool follows(const glyph& before) const {
    const auto gap = left - before.right;
    return gap > 0 && gap <= 1.2 * before.height() && std::abs(bottom - before.bottom) <= 2 &&
           std::abs(height() - before.height()) <= 0.35 * before.height();
  }
};

/// Collects the part that `start` belongs to and clears it from `bright`.
glyph take_glyph(std::vector<uint8_t>& bright, int columns, int rows, int start) {
  glyph part{start % columns, start % columns, start / columns, start / columns, 0};
  std::vector<int> open{start};
  bright[size_t(start)] = 0;
  while (!open.empty()) {
    const auto place = open.back();
    open.pop_back();
    const auto x = place % columns;
    const auto y = place / columns;
    part.left = std::min(part.left, x);
    part.right = std::max(part.right, x);
    part.top = std::min(part.top, y);
    part.bottom = std::max(part.bottom, y);
    ++part.pixels;
    for (int dy = std::max(y - 1, 0); dy <= std::min(y + 1, rows - 1); ++dy)
      for (int dx = std::max(x - 1, 0); dx <= std::min(x + 1, columns - 1); ++dx)
        if (auto& next = bright[size_t(dy) * size_t(columns) + size_t(dx)]; next != 0) {
          next = 0;
          open.push_back(dy * columns + dx);
        }
  }
  return part;
}

/// Whether the image is dark two pixels outside the part's box, at most places: letters stand free.
bool stands_free(const slice& image, const glyph& part, float dark) {
  int free = 0;
  int all = 0;
  const auto look = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= int(image.columns) || y >= int(image.rows)) return;
    ++all;
    free += int(image.values[size_t(y) * image.columns + size_t(x)] < dark);
  };
  for (int x = part.left; x <= part.right; ++x) look(x, part.top - 2), look(x, part.bottom + 2);
  return all > 0 && free * 10 >= all * 7;
}

} // namespace

size_t text_lines_in(const slice& image, float low, float high) {
  if (high <= low) return 0;
  const auto bright_value = low + bright_from * (high - low);
  const auto dark_value = low + dark_below * (high - low);
  std::vector<uint8_t> bright(image.values.size());
  std::vector<int> places;
  for (size_t i = 0; i < image.values.size(); ++i)
    if (image.values[i] >= bright_value) {
      bright[i] = 1;
      places.push_back(int(i));
    }
  if (double(places.size()) > greatest_share * double(bright.size())) return 0;
  std::vector<glyph> letters;
  for (const auto place : places) {
    if (bright[size_t(place)] == 0) continue;
    const auto part = take_glyph(bright, int(image.columns), int(image.rows), place);
    if (part.is_letter() && stands_free(image, part, dark_value)) letters.push_back(part);
  }
  std::sort(letters.begin(), letters.end(), [](const glyph& a, const glyph& b) { return a.left < b.left; });
  std::vector<uint8_t> used(letters.size());
  size_t lines = 0;
  for (size_t first = 0; first < letters.size(); ++first) {
    if (used[first] != 0) continue;
    size_t last = first;
    size_t count = 1;
    for (size_t next = first + 1; next < letters.size(); ++next)
      if (used[next] == 0 && letters[next].follows(letters[last])) {
        used[next] = 1;
        last = next;
        ++count;
      }
    lines += size_t(count >= least_letters);
  }
  return lines;
}

} // namespace noctis
