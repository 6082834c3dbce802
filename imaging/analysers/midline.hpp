#pragma once

#include "imaging/grid.hpp"

#include <caf/optional.hpp>

namespace noctis {

/// The plane that halves the space inside the skull, upright on the axial slices.
struct symmetry_line {
  double column = 0; ///< voxels: where it crosses the middle row
  double slope = 0;  ///< columns per row
  double middle_row = 0;

  [[nodiscard]] double column_at(double row) const { return column + slope * (row - middle_row); }
};

/// Returns the line about which the mask's thickness along the slices' normal mirrors best (turns up to 15°).
symmetry_line symmetry_of(const mask_grid& space);

/// Returns how far in mm the middle between the lateral ventricles lies off the line, towards higher columns positive:
/// the median over rows where fluid stands on both sides of a septum. None where no such row is found.
caf::optional<double> midline_shift(const mask_grid& ventricles, const symmetry_line& line);

} // namespace noctis
