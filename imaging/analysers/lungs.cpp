#include "imaging/analysers/lungs.hpp"

#include "imaging/analysers/airways.hpp"
#include "imaging/regions.hpp"
#include "messages/errors.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr double air_below = -400; // HU: half way between lung and tissue
constexpr double tissue_above = -300;
constexpr double least_lung_ml = 40;
constexpr double working_mm = 1.6; // edge that coarse voxels may reach
constexpr double body_mm = 2.5;
constexpr double closing_mm = 6; // closes over vessels and over nodules at the wall

/// Returns the voxel of a coarser grid that holds voxel `place` of a finer one.
size_t coarse_place(size_t place, size_t factor, size_t size) { return std::min(place / factor, size - 1); }

/// Returns the body without couch and clothes: what a ball of 3 mm fits into with the thinner tissue beside it, filled.
mask_grid body_of(const volume& image, std::array<size_t, 3>& factors) {
  factors = factors_to(image, {body_mm, body_mm, body_mm});
  const auto tissue = between(reduced(image, factors), tissue_above, 1e6);
  return filled_slices(intersection_of(dilated(largest_component(opened(tissue, 3)), 8), tissue));
}

/// Returns the air of `values` that lies in the body.
mask_grid air_inside(const volume& image, const grid<int16_t>& values, const std::array<size_t, 3>& factors) {
  std::array<size_t, 3> body_factors{};
  const auto body = body_of(image, body_factors);
  auto air = between(values, -32768, air_below);
  for (size_t k = 0; k < air.size[2]; ++k)
    for (size_t j = 0; j < air.size[1]; ++j)
      for (size_t i = 0; i < air.size[0]; ++i) {
        const std::array<size_t, 3> place{i * factors[0], j * factors[1], k * factors[2]};
        std::array<size_t, 3> coarse{};
        for (size_t axis = 0; axis < 3; ++axis)
          coarse[axis] = coarse_place(place[axis], body_factors[axis], body.size[axis]);
        if (body.voxels[body.index_of(coarse[0], coarse[1], coarse[2])] == 0) air.voxels[air.index_of(i, j, k)] = 0;
      }
  return air;
}

/// Returns for each row of slice `k` the column at which a path from front to back crosses the least lung.
std::vector<size_t> cut_of(const grid<int16_t>& values, const components& parts, uint32_t label, size_t k, size_t first,
                           size_t last) {
  const auto width = last - first;
  const auto rows = values.size[1];
  std::vector<float> cost(width * rows);
  for (size_t j = 0; j < rows; ++j)
    for (size_t x = 0; x < width; ++x) {
      const auto place = values.index_of(first + x, j, k);
      const bool lung = parts.labels.voxels[place] == label;
      cost[j * width + x] = lung ? 1.0F + std::max(0.0F, (-500.0F - float(values.voxels[place])) / 100.0F) : 0.01F;
      if (j == 0) continue;
      const auto* above = cost.data() + (j - 1) * width;
      cost[j * width + x] += *std::min_element(above + (x > 0 ? x - 1 : 0), above + std::min(x + 2, width));
    }
  std::vector<size_t> path(rows);
  auto x =
      size_t(std::min_element(cost.end() - std::ptrdiff_t(width), cost.end()) - (cost.end() - std::ptrdiff_t(width)));
  for (size_t j = rows; j-- > 0;) {
    path[j] = first + x;
    if (j == 0) break;
    const auto* above = cost.data() + (j - 1) * width;
    const auto from = x > 0 ? x - 1 : 0;
    x = size_t(std::min_element(above + from, above + std::min(x + 2, width)) - above);
  }
  return path;
}

/// Gives each voxel of a part its side.
class side_labeller {
public:
  side_labeller(const grid<int16_t>& values, const components& parts, double middle, bool columns_to_left)
      : values_(values), parts_(parts), middle_(middle), lower_(columns_to_left ? right_lung : left_lung),
        upper_(columns_to_left ? left_lung : right_lung) {}

  [[nodiscard]] uint8_t side_of(const component& part) const { return part.centre[0] < middle_ ? lower_ : upper_; }

  /// Whether much of the part lies on both sides of the middle.
  [[nodiscard]] bool is_joined(const component& part) const {
    size_t below = 0;
    for (size_t i = 0; i < values_.voxels.size(); ++i)
      below += size_t(parts_.labels.voxels[i] == part.label && double(i % values_.size[0]) < middle_);
    const auto share = double(below) / double(part.voxels);
    return share > 0.2 && share < 0.8;
  }

  void cut(const component& part, mask_grid& sides) const {
    const auto reach = std::min(35 / values_.spacing[0], double(values_.size[0]) / 4);
    const auto first = size_t(std::max(0.0, middle_ - reach));
    const auto last = std::min(size_t(middle_ + reach) + 1, values_.size[0]);
    for (size_t k = part.lower[2]; k <= part.upper[2]; ++k) {
      const auto path = cut_of(values_, parts_, part.label, k, first, last);
      for (size_t j = 0; j < values_.size[1]; ++j)
        for (size_t i = 0; i < values_.size[0]; ++i)
          if (const auto place = values_.index_of(i, j, k); parts_.labels.voxels[place] == part.label)
            sides.voxels[place] = i < path[j] ? lower_ : upper_;
    }
  }

  void label(const component& part, mask_grid& sides) const {
    const auto side = side_of(part);
    for (size_t i = 0; i < sides.voxels.size(); ++i)
      if (parts_.labels.voxels[i] == part.label) sides.voxels[i] = side;
  }

private:
  const grid<int16_t>& values_;
  const components& parts_;
  double middle_;
  uint8_t lower_;
  uint8_t upper_;
};

/// Returns the lungs among the air of the body, with sides; nothing where there are none.
mask_grid sided_lungs(const grid<int16_t>& values, const mask_grid& air, double middle, bool columns_to_left,
                      std::vector<std::string>& warnings) {
  auto sides = shaped_like<uint8_t>(air);
  const auto parts = components_of(air);
  const auto least = size_t(least_lung_ml / air.voxel_ml());
  if (parts.list.empty() || parts.list.front().voxels < least) return sides;
  const side_labeller labeller{values, parts, middle, columns_to_left};
  std::array<size_t, 3> largest{};
  for (const auto& part : parts.list) {
    if (part.voxels < least) break;
    if (part.label == parts.list.front().label && labeller.is_joined(part)) {
      labeller.cut(part, sides);
      warnings.emplace_back("the lungs touch: cut apart along the path of least lung");
      largest = {0, part.voxels / 2, part.voxels / 2};
      continue;
    }
    auto& of_side = largest[labeller.side_of(part)];
    if (part.voxels < of_side / 5) continue; // gas in the bowel
    of_side = std::max(of_side, part.voxels);
    labeller.label(part, sides);
  }
  return sides;
}

/// Returns the mean column of the air's parts' surroundings: the middle of the body.
double middle_column(const grid<int16_t>& values) {
  double sum = 0;
  double count = 0;
  for (size_t i = 0; i < values.voxels.size(); ++i) {
    if (values.voxels[i] < tissue_above) continue;
    sum += double(i % values.size[0]);
    ++count;
  }
  return count > 0 ? sum / count : double(values.size[0]) / 2;
}

/// Widens each side by a voxel in every direction where nothing else is, so that fine voxels at the rim find it.
mask_grid widened(const mask_grid& sides, const mask_grid& airways) {
  auto result = sides;
  const auto take = [&](size_t place, size_t from) {
    if (result.voxels[place] == 0 && airways.voxels[place] == 0) result.voxels[place] = sides.voxels[from];
  };
  const std::array<size_t, 3> strides{1, sides.size[0], sides.slice_size()};
  for (size_t axis = 0; axis < 3; ++axis)
    for (size_t place = 0; place < sides.voxels.size(); ++place) {
      const auto along = place / strides[axis] % sides.size[axis];
      if (along > 0 && sides.voxels[place - strides[axis]] != 0) take(place, place - strides[axis]);
      if (along + 1 < sides.size[axis] && sides.voxels[place + strides[axis]] != 0) take(place, place + strides[axis]);
    }
  return result;
}

/// Returns each side closed over what a ball of `closing_mm` cannot enter, on a grid of half the resolution.
mask_grid envelope_of(const mask_grid& sides) {
  mask_grid half;
  for (size_t axis = 0; axis < 3; ++axis) {
    half.size[axis] = std::max<size_t>(sides.size[axis] / 2, 1);
    half.spacing[axis] = sides.spacing[axis] * 2;
  }
  half.voxels.resize(half.slice_size() * half.size[2]);
  auto one = half;
  for (const auto side : {right_lung, left_lung}) {
    for (size_t k = 0; k < half.size[2]; ++k)
      for (size_t j = 0; j < half.size[1]; ++j)
        for (size_t i = 0; i < half.size[0]; ++i)
          one.voxels[half.index_of(i, j, k)] = uint8_t(sides.voxels[sides.index_of(2 * i, 2 * j, 2 * k)] == side);
    const auto whole = filled_slices(closed(one, closing_mm));
    for (size_t i = 0; i < half.voxels.size(); ++i)
      if (whole.voxels[i] != 0 && half.voxels[i] == 0) half.voxels[i] = side;
  }
  return half;
}

/// Returns the lungs voxel by voxel: air beside coarse lung, and tissue well inside the envelope.
mask_grid fine_labels(const volume& image, const mask_grid& sides, const std::array<size_t, 3>& factors,
                      const mask_grid& envelope, const std::array<size_t, 3>& envelope_factors) {
  auto inner = envelope;
  for (const auto side : {right_lung, left_lung}) {
    auto one = envelope;
    for (auto& value : one.voxels) value = uint8_t(value == side);
    const auto deep = eroded(one, std::max(envelope.spacing[0], envelope.spacing[2]) * 0.9);
    for (size_t i = 0; i < inner.voxels.size(); ++i)
      if (envelope.voxels[i] == side && deep.voxels[i] == 0) inner.voxels[i] = 0;
  }
  mask_grid labels{image.size, image.spacing, std::vector<uint8_t>(image.voxels.size())};
  for (size_t k = 0; k < image.size[2]; ++k)
    for (size_t j = 0; j < image.size[1]; ++j) {
      const auto row =
          sides.index_of(0, coarse_place(j, factors[1], sides.size[1]), coarse_place(k, factors[2], sides.size[2]));
      const auto inner_row = inner.index_of(0, coarse_place(j, envelope_factors[1], inner.size[1]),
                                            coarse_place(k, envelope_factors[2], inner.size[2]));
      auto place = image.index_of(0, j, k);
      for (size_t i = 0; i < image.size[0]; ++i, ++place) {
        const bool air = image.voxels[place] < air_below;
        labels.voxels[place] = air ? sides.voxels[row + coarse_place(i, factors[0], sides.size[0])]
                                   : inner.voxels[inner_row + coarse_place(i, envelope_factors[0], inner.size[0])];
      }
    }
  return labels;
}

} // namespace

caf::expected<lung_map> find_lungs(const volume& image, const run_control& control) {
  if (std::abs(image.axes[2][2]) < 0.8 || std::abs(image.axes[0][0]) < 0.8)
    return failure(errc::invalid_argument, "the slices are not axial");
  const auto factors = factors_to(image, {working_mm, working_mm, working_mm});
  const auto values = reduced(image, factors);
  auto air = air_inside(image, values, factors);
  if (auto error = reached(control, 0.15)) return error;
  const auto airways = find_airways(values, air, image.axes[2][2] > 0);
  for (size_t i = 0; i < air.voxels.size(); ++i)
    if (airways.voxels[i] != 0) air.voxels[i] = 0;
  lung_map result;
  const auto sides = sided_lungs(values, air, middle_column(values), image.axes[0][0] > 0, result.warnings);
  if (std::all_of(sides.voxels.begin(), sides.voxels.end(), [](uint8_t side) { return side == 0; }))
    return failure(errc::invalid_argument, "no lungs found");
  if (auto error = reached(control, 0.3)) return error;
  result.envelope = envelope_of(sides);
  for (size_t axis = 0; axis < 3; ++axis) result.factors[axis] = factors[axis] * 2;
  result.labels = fine_labels(image, widened(sides, airways), factors, result.envelope, result.factors);
  if (auto error = reached(control, 0.5)) return error;
  return result;
}

} // namespace noctis
