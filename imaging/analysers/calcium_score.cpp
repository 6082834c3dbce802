#include "imaging/analysers/calcium_score.hpp"

#include "imaging/analysers/lungs.hpp"
#include "imaging/regions.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr int16_t calcium_from = 130;   // HU
constexpr double least_area = 1;        // mm²
constexpr double greatest_area = 1500;  // mm²
constexpr double usual_thickness = 3;   // mm
constexpr double bone_from = 180;       // HU
constexpr double spine_margin = 5;      // mm
constexpr double spine_half_width = 25; // mm
constexpr double least_bone_ml = 5;

mask_grid dense_slice(const volume& image, const mask_grid& region, size_t k) {
  mask_grid dense{{image.size[0], image.size[1], 1}, image.spacing, {}};
  dense.voxels.resize(dense.slice_size());
  const auto first = k * dense.slice_size();
  for (size_t i = 0; i < dense.voxels.size(); ++i)
    dense.voxels[i] = uint8_t(region.voxels[first + i] != 0 && image.voxels[first + i] >= calcium_from);
  return dense;
}

/// Returns the row of the spine's front in the blocks' grid: the foremost of the bone near the middle column that
/// hangs together with the rearmost; the last row where no bone is found.
size_t spine_front(const mask_grid& bone, double middle) {
  const auto parts = components_of(bone);
  const auto half = spine_half_width / bone.spacing[0];
  std::vector<size_t> fronts;
  for (const auto& part : parts.list) {
    if (double(part.voxels) * bone.voxel_ml() < least_bone_ml) break;
    if (std::abs(part.centre[0] - middle) > half || part.centre[1] < double(bone.size[1]) * 0.45) continue;
    for (size_t k = part.lower[2]; k <= part.upper[2]; ++k) {
      size_t front = bone.size[1];
      for (auto i = size_t(std::max(middle - half, 0.0)); i < std::min(size_t(middle + half), bone.size[0]); ++i)
        for (size_t j = part.lower[1]; j < front; ++j)
          if (parts.labels.voxels[bone.index_of(i, j, k)] == part.label) front = j;
      if (front < bone.size[1]) fronts.push_back(front);
    }
    break;
  }
  if (fronts.empty()) return bone.size[1];
  const auto middle_front = fronts.begin() + std::ptrdiff_t(fronts.size() / 2);
  std::nth_element(fronts.begin(), middle_front, fronts.end());
  return *middle_front;
}

/// Mean column between the lungs.
double middle_of(const mask_grid& lungs) {
  double sum = 0;
  double count = 0;
  for (size_t i = 0; i < lungs.voxels.size(); ++i) {
    if (lungs.voxels[i] == 0) continue;
    sum += double(i % lungs.size[0]);
    ++count;
  }
  return count > 0 ? sum / count : double(lungs.size[0]) / 2;
}

} // namespace

int agatston_weight(int16_t peak) {
  if (peak < calcium_from) return 0;
  return peak >= 400 ? 4 : peak >= 300 ? 3 : peak >= 200 ? 2 : 1;
}

calcium_score score_calcium(const volume& image, const mask_grid& region) {
  calcium_score score;
  score.labels = shaped_like<uint8_t>(region);
  const auto pixel = image.spacing[0] * image.spacing[1];
  for (size_t k = 0; k < image.size[2]; ++k) {
    const auto dense = dense_slice(image, region, k);
    if (std::find(dense.voxels.begin(), dense.voxels.end(), 1) == dense.voxels.end()) continue;
    const auto parts = components_of(dense, neighbours::all);
    std::vector<int16_t> peaks(parts.list.size() + 1);
    std::vector<double> sums(peaks.size());
    const auto first = k * dense.slice_size();
    for (size_t i = 0; i < dense.voxels.size(); ++i)
      if (const auto label = parts.labels.voxels[i]; label != 0) {
        peaks[label] = std::max(peaks[label], image.voxels[first + i]);
        sums[label] += image.voxels[first + i];
      }
    std::vector<uint8_t> counted(peaks.size());
    for (const auto& part : parts.list) {
      const auto area = double(part.voxels) * pixel;
      if (area < least_area || area > greatest_area) continue;
      counted[part.label] = 1;
      score.lesions.push_back({k,
                               part.voxels,
                               area,
                               peaks[part.label],
                               sums[part.label] / double(part.voxels),
                               {part.centre[0], part.centre[1], double(k)}});
      score.agatston += area * agatston_weight(peaks[part.label]) * image.spacing[2] / usual_thickness;
      score.volume_mm3 += area * image.spacing[2];
    }
    for (size_t i = 0; i < dense.voxels.size(); ++i) score.labels.voxels[first + i] = counted[parts.labels.voxels[i]];
  }
  return score;
}

mask_grid heart_region(const volume& image, const mask_grid& lungs, const std::array<size_t, 3>& factors) {
  const auto front = spine_front(between(reduced(image, factors), bone_from, 1e6), middle_of(lungs));
  const auto margin = size_t(std::ceil(spine_margin / lungs.spacing[1]));
  const auto last_row = front > margin ? front - margin : 0;
  const auto lower = image.axes[0][0] > 0 ? right_lung : left_lung;
  auto region = shaped_like<uint8_t>(lungs);
  for (size_t k = 0; k < lungs.size[2]; ++k)
    for (size_t j = 0; j < std::min(last_row, lungs.size[1]); ++j) {
      const auto* row = lungs.voxels.data() + lungs.index_of(0, j, k);
      size_t begin = 0;
      size_t end = 0;
      for (size_t i = 0; i < lungs.size[0]; ++i) {
        if (row[i] == lower)
          begin = i + 1;
        else if (row[i] != 0 && end == 0)
          end = i;
      }
      if (begin > 0 && end > begin)
        std::fill_n(region.voxels.begin() + std::ptrdiff_t(region.index_of(begin, j, k)), end - begin, uint8_t{1});
    }
  return {image.size, image.spacing, expanded(region, image, factors)};
}

} // namespace noctis
