#pragma once

#include "imaging/grid.hpp"

namespace noctis {

/// Returns trachea and main bronchi in the `air` of an axial chest: a round part of 50 to 900 mm² near the middle of a
/// slice near the top, followed downwards until it opens into a lung. `head_last`: the last slice is nearest the head.
mask_grid find_airways(const grid<int16_t>& values, const mask_grid& air, bool head_last);

} // namespace noctis
