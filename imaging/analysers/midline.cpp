#include "imaging/analysers/midline.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace noctis {

namespace {

constexpr double turn_limit = 0.26; // slope: 15°
constexpr double reach_mm = 22;     // that ventricles may lie off the line
constexpr double septum_mm = 30;    // greatest distance of the two ventricles
constexpr size_t least_rows = 12;

/// How many voxels of the mask stand over each pixel.
struct thickness_map {
  size_t columns = 0;
  size_t rows = 0;
  std::vector<float> values;

  [[nodiscard]] float at(double column, size_t row) const {
    if (column < 0 || column >= double(columns) - 1) return 0;
    const auto left = size_t(column);
    const auto share = float(column - double(left));
    const auto* v = values.data() + row * columns + left;
    return v[0] * (1 - share) + v[1] * share;
  }
};

thickness_map thickness_of(const mask_grid& space) {
  thickness_map map{space.size[0], space.size[1], std::vector<float>(space.slice_size())};
  for (size_t k = 0; k < space.size[2]; ++k)
    for (size_t i = 0; i < map.values.size(); ++i) map.values[i] += float(space.voxels[k * map.values.size() + i] != 0);
  return map;
}

/// Mean square difference of the two sides of the line.
double asymmetry(const thickness_map& map, const symmetry_line& line, size_t step) {
  double sum = 0;
  for (size_t row = 0; row < map.rows; row += step) {
    const auto middle = line.column_at(double(row));
    for (size_t off = 1; off < map.columns / 2; off += step) {
      const auto x = double(off);
      // The mirror image of a point lies across the line, at right angles to it.
      const auto across = 2 * x / (1 + line.slope * line.slope);
      const auto mirror_row = std::lround(double(row) + across * line.slope);
      if (mirror_row < 0 || size_t(mirror_row) >= map.rows) continue;
      const auto difference = map.at(middle + x, row) - map.at(middle + x - across, size_t(mirror_row));
      sum += double(difference) * difference;
    }
  }
  return sum;
}

} // namespace

symmetry_line symmetry_of(const mask_grid& space) {
  const auto map = thickness_of(space);
  double weight = 0;
  symmetry_line best;
  for (size_t row = 0; row < map.rows; ++row)
    for (size_t column = 0; column < map.columns; ++column) {
      const auto value = map.values[row * map.columns + column];
      weight += value;
      best.column += double(value) * double(column);
      best.middle_row += double(value) * double(row);
    }
  best.column /= std::max(weight, 1.0);
  best.middle_row /= std::max(weight, 1.0);
  double column_step = 10 / space.spacing[0] / 2;
  double slope_step = turn_limit / 4;
  for (int pass = 0; pass < 6; ++pass) {
    const auto around = best;
    auto least = asymmetry(map, best, 2);
    for (int a = -4; a <= 4; ++a)
      for (int b = -4; b <= 4; ++b) {
        auto line = around;
        line.column += a * column_step / 2;
        line.slope = std::clamp(around.slope + b * slope_step, -turn_limit, turn_limit);
        if (const auto value = asymmetry(map, line, 2); value < least) {
          least = value;
          best = line;
        }
      }
    column_step /= 2;
    slope_step /= 2;
  }
  return best;
}

caf::optional<double> midline_shift(const mask_grid& ventricles, const symmetry_line& line) {
  std::vector<double> shifts;
  const auto reach = reach_mm / ventricles.spacing[0];
  const auto across = std::cos(std::atan(line.slope)) * ventricles.spacing[0];
  for (size_t k = 0; k < ventricles.size[2]; ++k)
    for (size_t row = 0; row < ventricles.size[1]; ++row) {
      const auto middle = line.column_at(double(row));
      const auto first = size_t(std::clamp(middle - reach, 0.0, double(ventricles.size[0])));
      const auto last = size_t(std::clamp(middle + reach + 1, 0.0, double(ventricles.size[0])));
      const auto* v = ventricles.voxels.data() + ventricles.index_of(0, row, k);
      // The widest gap between two runs of fluid is the septum.
      size_t end_of_run = 0;
      double gap = 0;
      double septum = 0;
      size_t runs = 0;
      for (auto i = first; i < last; ++i) {
        if (v[i] == 0) continue;
        if (runs == 0 || i > end_of_run + 1) {
          if (runs > 0 && double(i - end_of_run) > gap) {
            gap = double(i - end_of_run);
            septum = (double(i) + double(end_of_run)) / 2;
          }
          ++runs;
        }
        end_of_run = i;
      }
      if (runs == 2 && gap * ventricles.spacing[0] < septum_mm) shifts.push_back((septum - middle) * across);
    }
  if (shifts.size() < least_rows) return caf::none;
  const auto half = shifts.begin() + std::ptrdiff_t(shifts.size() / 2);
  std::nth_element(shifts.begin(), half, shifts.end());
  return *half;
}

} // namespace noctis
