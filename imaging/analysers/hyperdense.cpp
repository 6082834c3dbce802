#include "imaging/analysers/hyperdense.hpp"

#include "imaging/regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace noctis {

namespace {

constexpr double least_contrast = 17;  // HU over the tissue of the slice
constexpr double least_deviations = 3; // of that tissue
constexpr double blood_limit = 100;    // HU: denser is calcium or metal
constexpr double skull_margin_mm = 4;  // partial volume and beam hardening by the bone
constexpr double thin_mm = 2.5;        // half the thickness of falx, tentorium and sinuses
constexpr double growth_mm = 4;        // from the core to the edge
constexpr double shell_from_mm = 1.5;  // beyond the edge, where the density has fallen
constexpr double shell_to_mm = 5;
constexpr double least_fall = 0.65; // of the contrast, across the edge
constexpr double least_surrounded = 0.25;
constexpr double beside_skull_mm = 12; // as far as sinuses reach
constexpr double flowing_blood = 60;   // HU at the greatest usual haematocrit; clots are denser

/// Returns the part of a grid from `lower` to `upper`, inclusive.
template <class T>
grid<T> cropped(const grid<T>& values, const std::array<size_t, 3>& lower, const std::array<size_t, 3>& upper) {
  grid<T> part;
  part.spacing = values.spacing;
  for (size_t axis = 0; axis < 3; ++axis) part.size[axis] = upper[axis] - lower[axis] + 1;
  part.voxels.reserve(part.slice_size() * part.size[2]);
  for (auto k = lower[2]; k <= upper[2]; ++k)
    for (auto j = lower[1]; j <= upper[1]; ++j) {
      const auto first = values.voxels.begin() + std::ptrdiff_t(values.index_of(lower[0], j, k));
      part.voxels.insert(part.voxels.end(), first, first + std::ptrdiff_t(part.size[0]));
    }
  return part;
}

double threshold_of(const tissue_density& tissue) {
  return tissue.level + std::max(least_contrast, least_deviations * tissue.noise);
}

/// Returns what is dense in its own slice and may be blood.
mask_grid dense_in(const intracranial_space& space) {
  auto dense = shaped_like<uint8_t>(space.mask);
  for (size_t i = 0; i < dense.voxels.size(); ++i)
    dense.voxels[i] = uint8_t(space.depth.voxels[i] > skull_margin_mm && space.partial.voxels[i] == 0 &&
                              space.smooth.voxels[i] >= threshold_of(space.slices[i / dense.slice_size()]));
  return dense;
}

/// Looks at one core in a box about it.
class region_reader {
public:
  region_reader(const intracranial_space& space, const components& cores, const component& core)
      : space_(space), lower_(core.lower), upper_(core.upper) {
    for (size_t axis = 0; axis < 3; ++axis) {
      const auto margin = size_t(std::ceil((growth_mm + shell_to_mm + 3) / space.mask.spacing[axis]));
      lower_[axis] -= std::min(lower_[axis], margin);
      upper_[axis] = std::min(upper_[axis] + margin, space.mask.size[axis] - 1);
    }
    const auto labels = cropped(cores.labels, lower_, upper_);
    core_ = between(labels, core.label, core.label);
    smooth_ = cropped(space.smooth, lower_, upper_);
    brain_ = cropped(space.mask, lower_, upper_);
    const auto calcium = cropped(space.calcium, lower_, upper_);
    for (size_t i = 0; i < brain_.voxels.size(); ++i)
      if (calcium.voxels[i] != 0) brain_.voxels[i] = 0;
    partial_ = cropped(space.partial, lower_, upper_);
    for (auto k = core.lower[2]; k <= core.upper[2]; ++k)
      tissue_ += space.slices[k].level / double(core.upper[2] - core.lower[2] + 1);
    plateau_ = mean_in(eroded(core_, 3), 10);
    if (plateau_ == 0) plateau_ = mean_in(core_, 0);
    region_ = grown();
  }

  [[nodiscard]] bool is_blood() const {
    if (plateau_ > blood_limit || plateau_ < tissue_ + least_contrast) return false;
    if (lies_at_skull() && plateau_ < flowing_blood) return false;
    const auto near = dilated(region_, shell_from_mm);
    const auto far = dilated(region_, shell_to_mm);
    std::vector<float> shell;
    size_t all = 0;
    for (size_t i = 0; i < far.voxels.size(); ++i) {
      if (far.voxels[i] == 0 || near.voxels[i] != 0) continue;
      ++all;
      if (brain_.voxels[i] != 0 && partial_.voxels[i] == 0) shell.push_back(smooth_.voxels[i]);
    }
    if (shell.empty() || double(shell.size()) < least_surrounded * double(all)) return false;
    const auto middle = shell.begin() + std::ptrdiff_t(shell.size() / 2);
    std::nth_element(shell.begin(), middle, shell.end());
    return plateau_ - *middle >= least_fall * std::max(plateau_ - tissue_, least_contrast);
  }

  [[nodiscard]] hyperdense_region region() const {
    hyperdense_region result;
    for (size_t i = 0; i < region_.voxels.size(); ++i) {
      if (region_.voxels[i] == 0) continue;
      const auto place = place_of(i);
      result.places.push_back(place);
      result.centre = sum_of(result.centre, coordinates_in(space_.mask, place));
      result.mean_hu += smooth_.voxels[i];
    }
    const auto count = double(std::max<size_t>(result.places.size(), 1));
    result.centre = scaled(result.centre, 1 / count);
    result.mean_hu /= count;
    result.volume_ml = double(result.places.size()) * space_.mask.voxel_ml();
    return result;
  }

private:
  /// Grows the core to where the density is half way from the tissue's to its own.
  [[nodiscard]] mask_grid grown() const {
    auto result = dilated(core_, growth_mm);
    const auto edge = (tissue_ + plateau_) / 2;
    for (size_t i = 0; i < result.voxels.size(); ++i)
      if (brain_.voxels[i] == 0 || smooth_.voxels[i] < edge) result.voxels[i] = 0;
    return result;
  }

  [[nodiscard]] double mean_in(const mask_grid& part, size_t least) const {
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < part.voxels.size(); ++i) {
      if (part.voxels[i] == 0) continue;
      sum += smooth_.voxels[i];
      ++count;
    }
    return count > least ? sum / double(count) : 0;
  }

  /// Whether most of the region lies where the sinuses run.
  [[nodiscard]] bool lies_at_skull() const {
    size_t all = 0;
    size_t beside = 0;
    for (size_t i = 0; i < region_.voxels.size(); ++i) {
      if (region_.voxels[i] == 0) continue;
      ++all;
      beside += size_t(space_.depth.voxels[place_of(i)] < beside_skull_mm);
    }
    return 2 * beside > all;
  }

  [[nodiscard]] size_t place_of(size_t i) const {
    const size_t row = i % region_.slice_size() / region_.size[0];
    return space_.mask.index_of(lower_[0] + i % region_.size[0], lower_[1] + row, lower_[2] + i / region_.slice_size());
  }

  const intracranial_space& space_;
  std::array<size_t, 3> lower_;
  std::array<size_t, 3> upper_;
  mask_grid core_;
  grid<float> smooth_;
  mask_grid brain_; ///< inside the skull, without calcium
  mask_grid partial_;
  double tissue_ = 0;  ///< HU about the core
  double plateau_ = 0; ///< HU in its middle
  mask_grid region_;
};

} // namespace

std::vector<hyperdense_region> find_hyperdense(const intracranial_space& space, double least_ml) {
  const auto cores = components_of(opened(dense_in(space), thin_mm));
  std::vector<hyperdense_region> found;
  for (const auto& core : cores.list) {
    if (double(core.voxels) * space.mask.voxel_ml() < least_ml / 2) break;
    const region_reader reader{space, cores, core};
    if (!reader.is_blood()) continue;
    auto region = reader.region();
    if (region.volume_ml >= least_ml) found.push_back(std::move(region));
  }
  return found;
}

} // namespace noctis
