#include "dicom/objects/segmentation_frames.hpp"

#include "dicom/objects/object_parts.hpp"

#include <algorithm>
#include <array>

namespace noctis {

namespace {

bool has_one_orientation(const segmentation& what) {
  return std::all_of(what.frames.begin(), what.frames.end(),
                     [&](const auto& one) { return one.orientation == what.frames.front().orientation; });
}

ordered_elements orientation_item(const segmented_frame& frame) {
  ordered_elements item;
  item.decimals(0x00200037, {frame.orientation.begin(), frame.orientation.end()});
  return item;
}

ordered_elements shared_item(const segmentation& what) {
  ordered_elements measures;
  measures.decimals(0x00180050, {what.slice_thickness});
  measures.decimals(0x00280030, {what.row_spacing, what.column_spacing});
  ordered_elements item;
  item.items(0x00289110, {measures});
  if (has_one_orientation(what)) item.items(0x00209116, {orientation_item(what.frames.front())});
  return item;
}

ordered_elements derivation_item(const segmented_frame& frame) {
  auto source = reference_item(frame.source);
  source.code(0x0040A170, {"121322", "DCM", "Source image for image processing operation"});
  ordered_elements item;
  item.items(0x00082112, {source});
  item.code(0x00089215, {"113076", "DCM", "Segmentation"});
  return item;
}

ordered_elements frame_item(const segmentation& what, const segment_place& place, bool with_orientation) {
  const auto& frame = what.frames[place.frame];
  ordered_elements item;
  item.items(0x00089124, {derivation_item(frame)});
  ordered_elements content;
  content.longs(0x00209157, {static_cast<uint32_t>(place.segment + 1), static_cast<uint32_t>(place.frame + 1)});
  item.items(0x00209111, {content});
  ordered_elements position;
  position.decimals(0x00200032, {frame.position.begin(), frame.position.end()});
  item.items(0x00209113, {position});
  if (with_orientation) item.items(0x00209116, {orientation_item(frame)});
  ordered_elements identification;
  identification.words(0x0062000B, {static_cast<uint16_t>(place.segment + 1)});
  item.items(0x0062000A, {identification});
  return item;
}

} // namespace

std::vector<segment_place> occupied_frames(const segmentation& what) {
  const auto pixels = size_t{what.rows} * what.columns;
  std::vector<std::array<bool, 256>> present(what.frames.size());
  for (size_t frame = 0; frame < what.frames.size(); ++frame) {
    const auto* labels = what.labels.data() + frame * pixels;
    for (size_t i = 0; i < pixels; ++i) present[frame][labels[i]] = true;
  }
  std::vector<segment_place> result;
  for (size_t segment = 0; segment < what.segments.size(); ++segment) {
    for (size_t frame = 0; frame < what.frames.size(); ++frame) {
      if (present[frame][what.segments[segment].label]) result.push_back({segment, frame});
    }
  }
  return result;
}

std::vector<uint8_t> packed_frames(const segmentation& what, const std::vector<segment_place>& places) {
  const auto pixels = size_t{what.rows} * what.columns;
  std::vector<uint8_t> result((pixels * places.size() + 7) / 8);
  size_t bit = 0;
  for (const auto& place : places) {
    const auto label = what.segments[place.segment].label;
    const auto* labels = what.labels.data() + place.frame * pixels;
    for (size_t i = 0; i < pixels; ++i, ++bit) {
      if (labels[i] == label) result[bit / 8] |= static_cast<uint8_t>(1U << bit % 8);
    }
  }
  return result;
}

void put_functional_groups(ordered_elements& into, const segmentation& what, const std::vector<segment_place>& places) {
  const bool with_orientation = !has_one_orientation(what);
  into.items(0x52009229, {shared_item(what)});
  std::vector<ordered_elements> frames;
  frames.reserve(places.size());
  for (const auto& place : places) frames.push_back(frame_item(what, place, with_orientation));
  into.items(0x52009230, frames);
}

} // namespace noctis
