#pragma once

#include "dicom/objects/ordered_elements.hpp"
#include "dicom/objects/segmentation.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

// The frames of a Segmentation. For the sources of this room alone.

namespace noctis {

/// A frame of the object: a segment on an image.
struct segment_place {
  size_t segment = 0; ///< place among the segments
  size_t frame = 0;   ///< place among the frames
};

/// Returns where segments occur, by segment, then by frame.
std::vector<segment_place> occupied_frames(const segmentation& what);

/// Returns the pixels of these frames, one bit each, without a gap between frames; the first pixel is the lowest bit
/// (PS3.5 8.1.1, PS3.3 C.7.6.3.1.4).
std::vector<uint8_t> packed_frames(const segmentation& what, const std::vector<segment_place>& places);

/// Puts the shared and the per-frame functional groups (PS3.3 C.7.6.16) into a data set.
void put_functional_groups(ordered_elements& into, const segmentation& what, const std::vector<segment_place>& places);

/// Who made an object, as a PN value.
inline constexpr const char* own_creator = "Noctis";

} // namespace noctis
