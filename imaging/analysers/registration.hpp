#pragma once

#include "imaging/analysers/rigid_motion.hpp"
#include "imaging/analysis.hpp"

#include <caf/expected.hpp>

namespace noctis {

/// How one volume fits upon another.
struct registration {
  rigid_motion motion;    ///< from a place in the one to the same place in the other
  double shift_mm = 0;    ///< of the body's middle
  double correlation = 0; ///< of the densities where both show the body, 0 to 1
  double overlap = 0;     ///< share of the body that the other shows too
};

/// Returns the motion that lays the body in CT `from` upon that in CT `to`. Rigid: Mattes' mutual information
/// (Mattes et al., IEEE TMI 2003;22:120) of densities without the couch, regular samples, gradient descent of shrinking
/// steps at 8, 4 and 2 mm, steps of rotation and shift scaled by how far they move points; begun
/// where the bodies' middles meet, and unmoved. One thread: the same volumes give the same motion. Errors:
/// `cancelled`; `invalid_argument` where a volume shows no body, or where the two don't fit: correlation below 0.8
/// or overlap below 0.4.
caf::expected<registration> register_rigidly(const volume& from, const volume& to, const run_control& control);

} // namespace noctis
