#pragma once

#include "imaging/analysers/lungs.hpp"
#include "imaging/analysis.hpp"

#include <vector>

namespace noctis {

/// Returns balls of tissue in the lungs of `least_mm` to 40 mm diameter, the largest first. A place where a ball of
/// tissue fits is one if hardly any tissue that hangs together with it crosses a sphere of about 1.5 times its radius,
/// which vessels and folds do. The diameter is that of the ball of equal volume, partial volume counted by density.
std::vector<candidate> find_nodules(const volume& image, const lung_map& lungs, double least_mm);

} // namespace noctis
