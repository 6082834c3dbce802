#include "imaging/regions.hpp"

#include <algorithm>
#include <itkConnectedComponentImageFilter.h>
#include <itkImportImageFilter.h>
#include <itkRecursiveGaussianImageFilter.h>
#include <itkSignedMaurerDistanceMapImageFilter.h>

namespace noctis {

namespace {

template <class T>
using image_of = itk::Image<T, 3>;

/// Returns an ITK image that reads the grid's own voxels.
template <class T>
typename image_of<T>::Pointer borrowed(const grid<T>& values) {
  auto import = itk::ImportImageFilter<T, 3>::New();
  itk::ImageRegion<3> region;
  for (unsigned axis = 0; axis < 3; ++axis) region.SetSize(axis, values.size[axis]);
  import->SetRegion(region);
  import->SetSpacing(values.spacing.data());
  import->SetImportPointer(const_cast<T*>(values.voxels.data()), values.voxels.size(), false);
  import->Update();
  typename image_of<T>::Pointer image = import->GetOutput();
  image->DisconnectPipeline();
  return image;
}

template <class T, class U>
grid<T> grid_of(const image_of<T>* image, const grid<U>& like) {
  const auto* first = image->GetBufferPointer();
  return {like.size, like.spacing, std::vector<T>(first, first + like.voxels.size())};
}

bool has_both(const mask_grid& mask) {
  return std::find(mask.voxels.begin(), mask.voxels.end(), 0) != mask.voxels.end() &&
         std::any_of(mask.voxels.begin(), mask.voxels.end(), [](uint8_t value) { return value != 0; });
}

mask_grid inverse_of(const mask_grid& mask) {
  auto result = mask;
  for (auto& value : result.voxels) value = uint8_t(value == 0);
  return result;
}

/// Returns each voxel's distance to the nearest centre outside the mask; not positive for voxels outside.
image_of<float>::Pointer distance_to_outside(const mask_grid& mask) {
  const auto outside = inverse_of(mask);
  auto filter = itk::SignedMaurerDistanceMapImageFilter<image_of<uint8_t>, image_of<float>>::New();
  filter->SetInput(borrowed(outside));
  filter->SetUseImageSpacing(true);
  filter->SetInsideIsPositive(false);
  filter->SetSquaredDistance(false);
  filter->Update();
  return filter->GetOutput();
}

/// The surface lies half a voxel before the nearest centre outside.
float surface_offset(const mask_grid& mask) {
  return float(*std::min_element(mask.spacing.begin(), mask.spacing.end()) / 2);
}

mask_grid deeper_than(const mask_grid& mask, double millimetres) {
  if (!has_both(mask) || millimetres <= 0) return mask;
  const auto image = distance_to_outside(mask);
  const auto* distance = image->GetBufferPointer();
  const auto limit = float(millimetres) + surface_offset(mask);
  auto result = shaped_like<uint8_t>(mask);
  for (size_t i = 0; i < result.voxels.size(); ++i) result.voxels[i] = uint8_t(distance[i] > limit);
  return result;
}

void measure(components& found) {
  std::vector<component> list;
  size_t position = 0;
  const auto& labels = found.labels;
  for (size_t k = 0; k < labels.size[2]; ++k) {
    for (size_t j = 0; j < labels.size[1]; ++j) {
      for (size_t i = 0; i < labels.size[0]; ++i, ++position) {
        const auto label = labels.voxels[position];
        if (label == 0) continue;
        if (list.size() < label) list.resize(label, {0, 0, labels.size, {}, {}});
        auto& part = list[label - 1];
        part.label = label;
        ++part.voxels;
        const std::array<size_t, 3> place{i, j, k};
        for (size_t axis = 0; axis < 3; ++axis) {
          part.lower[axis] = std::min(part.lower[axis], place[axis]);
          part.upper[axis] = std::max(part.upper[axis], place[axis]);
          part.centre[axis] += double(place[axis]);
        }
      }
    }
  }
  for (auto& part : list) part.centre = scaled(part.centre, 1 / double(std::max<size_t>(part.voxels, 1)));
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.voxels > b.voxels; });
  found.list = std::move(list);
}

} // namespace

components components_of(const mask_grid& mask, neighbours connected) {
  auto filter = itk::ConnectedComponentImageFilter<image_of<uint8_t>, image_of<uint32_t>>::New();
  filter->SetInput(borrowed(mask));
  filter->SetFullyConnected(connected == neighbours::all);
  filter->Update();
  components result{grid_of<uint32_t>(filter->GetOutput(), mask), {}};
  measure(result);
  return result;
}

mask_grid largest_component(const mask_grid& mask) {
  const auto parts = components_of(mask);
  auto result = shaped_like<uint8_t>(mask);
  if (parts.list.empty()) return result;
  const auto label = parts.list.front().label;
  std::transform(parts.labels.voxels.begin(), parts.labels.voxels.end(), result.voxels.begin(),
                 [label](uint32_t value) { return uint8_t(value == label); });
  return result;
}

mask_grid eroded(const mask_grid& mask, double millimetres) { return deeper_than(mask, millimetres); }

mask_grid dilated(const mask_grid& mask, double millimetres) {
  if (!has_both(mask)) return mask;
  return inverse_of(deeper_than(inverse_of(mask), millimetres));
}

mask_grid opened(const mask_grid& mask, double millimetres) { return dilated(eroded(mask, millimetres), millimetres); }

mask_grid closed(const mask_grid& mask, double millimetres) { return eroded(dilated(mask, millimetres), millimetres); }

grid<float> depth_in(const mask_grid& mask) {
  if (!has_both(mask)) return shaped_like<float>(mask);
  auto depth = grid_of<float>(distance_to_outside(mask).GetPointer(), mask);
  const auto offset = surface_offset(mask);
  for (auto& value : depth.voxels) value = std::max(value - offset, 0.0F);
  return depth;
}

mask_grid filled_slices(const mask_grid& mask) {
  auto result = shaped_like<uint8_t>(mask, 1);
  std::vector<size_t> open;
  const auto columns = mask.size[0];
  const auto rows = mask.size[1];
  for (size_t k = 0; k < mask.size[2]; ++k) {
    const auto visit = [&](size_t i, size_t j) {
      const auto place = mask.index_of(i, j, k);
      if (mask.voxels[place] != 0 || result.voxels[place] == 0) return;
      result.voxels[place] = 0;
      open.push_back(place);
    };
    for (size_t i = 0; i < columns; ++i) visit(i, 0), visit(i, rows - 1);
    for (size_t j = 0; j < rows; ++j) visit(0, j), visit(columns - 1, j);
    while (!open.empty()) {
      const auto place = open.back() - k * mask.slice_size();
      open.pop_back();
      const auto i = place % columns;
      const auto j = place / columns;
      if (i > 0) visit(i - 1, j);
      if (i + 1 < columns) visit(i + 1, j);
      if (j > 0) visit(i, j - 1);
      if (j + 1 < rows) visit(i, j + 1);
    }
  }
  return result;
}

grid<float> smoothed(const grid<float>& values, const vector3& sigma) {
  auto image = borrowed(values);
  for (unsigned axis = 0; axis < 3; ++axis) {
    if (sigma[axis] <= 0 || values.size[axis] < 4) continue; // the recursion needs four voxels
    auto filter = itk::RecursiveGaussianImageFilter<image_of<float>, image_of<float>>::New();
    filter->SetInput(image);
    filter->SetDirection(axis);
    filter->SetSigma(sigma[axis]);
    filter->Update();
    image = filter->GetOutput();
    image->DisconnectPipeline();
  }
  return grid_of<float>(image.GetPointer(), values);
}

grid<float> real_values(const volume& image) {
  return {image.size, image.spacing, std::vector<float>(image.voxels.begin(), image.voxels.end())};
}

} // namespace noctis
