#pragma once

#include "imaging/vector3.hpp"

#include <caf/optional.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// Where the pixels of a slice lie in the patient (Image Plane Module, PS3.3 C.7.6.2).
struct slice_geometry {
  uint32_t rows = 0;
  uint32_t columns = 0;
  double row_spacing = 0;            ///< Pixel Spacing 1: mm from row to row
  double column_spacing = 0;         ///< Pixel Spacing 2: mm from column to column
  vector3 position{};                ///< Image Position (Patient): centre of the first pixel
  vector3 row_direction{1, 0, 0};    ///< Image Orientation (Patient), first half: along a row
  vector3 column_direction{0, 1, 0}; ///< second half: along a column

  [[nodiscard]] size_t pixels() const { return size_t{rows} * columns; }
  [[nodiscard]] vector3 normal() const { return cross(row_direction, column_direction); }
  /// Returns the place of a pixel; fractions lie between pixels.
  [[nodiscard]] vector3 point_of(double column, double row) const {
    return sum_of(position,
                  sum_of(scaled(row_direction, column * column_spacing), scaled(column_direction, row * row_spacing)));
  }
};

/// One frame, after the modality's rescale.
struct slice {
  std::string sop_instance_uid;
  uint32_t frame = 1;                     ///< of a multi-frame instance; the first is 1
  caf::optional<slice_geometry> geometry; ///< none where the header lacks a part of it
  uint32_t rows = 0;
  uint32_t columns = 0;
  std::vector<float> values;    ///< rows × columns, row by row: HU for CT; may be empty where only headers matter
  bool rescaled = false;        ///< the header has Rescale Slope and Intercept (or an equivalent macro)
  caf::optional<float> padding; ///< Pixel Padding Value after rescale: such pixels are no measurement
};

/// What the headers of a series say that an analyser may ask; "" and none where they don't.
struct series_traits {
  std::string modality;
  std::string body_part; ///< Body Part Examined
  std::string study_description;
  std::string series_description;
  std::string protocol_name;
  std::string kernel; ///< Convolution Kernel
  std::string photometric_interpretation;
  std::vector<std::string> image_type;       ///< values of Image Type, e.g. ORIGINAL, PRIMARY, AXIAL
  std::string patient_position;              ///< HFS, FFS …
  std::string laterality;                    ///< Laterality or Image Laterality: L, R, B
  std::string contrast_agent;                ///< Contrast/Bolus Agent
  std::string burned_in_annotation;          ///< YES, NO
  caf::optional<double> kvp;                 ///< kV
  caf::optional<double> slice_thickness;     ///< mm
  caf::optional<double> ctdi_vol;            ///< mGy, the series' mean
  caf::optional<double> dose_length_product; ///< mGy·cm
  size_t slices = 0;
};

} // namespace noctis
