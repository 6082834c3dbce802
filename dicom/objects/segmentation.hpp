#pragma once

#include "dicom/objects/made_object.hpp"

#include <caf/expected.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// What a label means (PS3.3 C.8.20.4).
struct segment {
  uint8_t label = 0; ///< 1 … 255
  std::string name;  ///< Segment Label; "": the meaning of the type
  code_text category;
  code_text type;
  code_text laterality; ///< value "": none
};

/// A frame that labels belong to: an image of the source and where its pixels lie.
struct segmented_frame {
  object_reference source;                             ///< `frame` 0 for a single-frame image
  std::array<double, 3> position{};                    ///< Image Position (Patient), mm
  std::array<double, 6> orientation{1, 0, 0, 0, 1, 0}; ///< Image Orientation (Patient)
};

/// Labels of the pixels of an image series.
struct segmentation {
  object_identity identity;
  std::string name;     ///< "Lungs" …: Series Description and Content Description
  std::string analyser; ///< Segment Algorithm Name
  std::string version;
  std::string frame_of_reference_uid;
  uint16_t rows = 0;
  uint16_t columns = 0;
  double row_spacing = 0; ///< Pixel Spacing 1, mm
  double column_spacing = 0;
  double slice_thickness = 0; ///< mm
  std::vector<segment> segments;
  std::vector<segmented_frame> frames; ///< in order along the normal
  std::vector<uint8_t> labels;         ///< rows × columns × frames, columns fastest; 0: nothing
};

/// Returns whether a label of `what` occurs at all: a Segmentation has at least one frame.
bool has_labels(const segmentation& what);

/// Writes a binary Segmentation (PS3.3 A.51), Explicit VR Little Endian: a frame for each segment on each image where
/// it occurs, by segment, then along the normal; segments are numbered in their order. Errors: `invalid_argument`,
/// naming what is wrong: sizes that differ, no label at all, more than 65,535 segments or 2^31 bytes of pixels, a UID
/// or number that is none.
caf::expected<made_object> write_segmentation(const object_subject& subject, const segmentation& what);

} // namespace noctis
