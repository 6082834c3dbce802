#pragma once

#include <caf/expected.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

/// What the images of a CT series have in common. Dates YYYYMMDD, times HHMMSS, text in UTF-8.
struct ct_series {
  std::string patient_name;
  std::string patient_id;
  std::string study_uid;
  std::string study_id;
  std::string study_description;
  std::string series_uid;
  int32_t series_number = 1;
  std::string series_description;
  std::string protocol_name;
  std::string frame_of_reference_uid;
  std::string date;
  std::string time;
  std::string body_part; ///< Body Part Examined: a defined term, "": not said
  std::vector<std::string> image_type{"ORIGINAL", "PRIMARY", "AXIAL"};
  std::string patient_position = "HFS";
  std::string kernel;
  std::string manufacturer;
  std::string station_name;
  double kvp = 120;           ///< kV
  double slice_thickness = 1; ///< mm
  double gantry_tilt = 0;     ///< degrees
  double window_centre = 40;  ///< HU
  double window_width = 400;  ///< HU
  double ctdi_vol = 0;        ///< mGy; 0: not said
};

/// One image of a CT series.
struct ct_image {
  std::string sop_instance_uid;
  int32_t number = 1;
  uint16_t rows = 0;
  uint16_t columns = 0;
  std::array<double, 2> spacing{};                     ///< mm from row to row, from column to column
  std::array<double, 3> position{};                    ///< of the first pixel's centre, mm, LPS
  std::array<double, 6> orientation{1, 0, 0, 0, 1, 0}; ///< along a row, along a column
  std::vector<float> hu;                               ///< rows × columns, row by row; rounded and clamped to 16 bits
};

/// Returns a CT Image Storage instance (PS3.3 A.3) as a Part 10 file in Explicit VR Little Endian. Stored values are
/// HU + 1024. Errors: `invalid_argument` for values that are not rows × columns, or a UID that is none.
caf::expected<std::vector<uint8_t>> write_ct_image(const ct_series& series, const ct_image& image);

} // namespace noctis
