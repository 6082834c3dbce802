#pragma once

#include "imaging/analysers/intracranial.hpp"

#include <cstddef>
#include <vector>

namespace noctis {

/// A region in the skull that is denser than the brain about it.
struct hyperdense_region {
  std::vector<size_t> places; ///< of the intracranial space's grids
  vector3 centre{};           ///< in their coordinates
  double volume_ml = 0;
  double mean_hu = 0;
};

/// Returns the regions from `least_ml` that look like clotted blood, the largest core first. Dense is what exceeds the
/// tissue of its own slice by 17 HU and by three deviations, is not thin as falx and tentorium are, and cannot be
/// partial volume of calcium. A region counts if brain surrounds a quarter of it or more, if its density falls by
/// most of its contrast within a few mm (beam hardening fades slowly), if it is less dense than calcium, and, beside
/// the skull, denser than flowing blood in the sinuses. Its edge lies half way between tissue and its own density.
std::vector<hyperdense_region> find_hyperdense(const intracranial_space& space, double least_ml);

} // namespace noctis
