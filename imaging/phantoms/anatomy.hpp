#pragma once

#include "imaging/phantoms/phantom.hpp"
#include "imaging/phantoms/random.hpp"

#include <vector>

namespace noctis {

/// A scene and what is known of it.
struct known_scene {
  std::vector<scene_shape> shapes;
  phantom_truth truth;
};

/// Returns a chest: body, spine, ribs, heart, airways, lungs with vessels; with emphysema of 15 % or nodules of 6 to
/// 14 mm where asked.
known_scene chest_scene(bool emphysema, bool nodules, double scale, uint64_t seed);

/// Returns a head: scalp, closed skull, fluid, brain, ventricles; with a bleed that pushes the middle by 6 mm if asked.
known_scene head_scene(bool bleed, uint64_t seed);

/// Returns a chest with calcium rods in the heart, each a cylinder along z; their score follows from `scan`.
known_scene calcium_scene(const scan_options& scan);

/// Returns a cylinder of water, whose upper half holds rods of air, polyethylene, acrylic and teflon.
known_scene water_scene(const scan_options& scan);

} // namespace noctis
