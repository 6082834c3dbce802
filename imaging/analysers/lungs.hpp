#pragma once

#include "imaging/analysis.hpp"
#include "imaging/grid.hpp"

#include <caf/expected.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace noctis {

constexpr uint8_t right_lung = 1;
constexpr uint8_t left_lung = 2;

/// Lungs without trachea and main bronchi.
struct lung_map {
  mask_grid labels;                ///< on the volume's grid: right_lung, left_lung; vessels and nodules included
  mask_grid envelope;              ///< on a coarser grid: the lungs closed over what dents them, same labels
  std::array<size_t, 3> factors{}; ///< voxels of the volume for each of the envelope
  std::vector<std::string> warnings;
};

/// Finds the lungs in an axial chest CT: air inside the body (Hu, Hoffman, Reinhardt, IEEE TMI 2001;20:490), the
/// trachea tracked from above and taken out, joined lungs cut along the path of least lung. Errors: `cancelled`,
/// `invalid_argument` where the volume is not axial or no lungs are found.
caf::expected<lung_map> find_lungs(const volume& image, const run_control& control);

} // namespace noctis
