#include "imaging/phantoms/anatomy.hpp"

namespace noctis {

namespace {

constexpr float fluid = 8;
constexpr float brain_tissue = 35;
constexpr float blood = 70;

scene_shape ellipsoid(const vector3& centre, const vector3& radii, float hu) {
  return {solid::ellipsoid, centre, radii, {}, hu, false};
}

} // namespace

known_scene head_scene(bool bleed, uint64_t seed) {
  phantom_random random{seed};
  known_scene known;
  auto& shapes = known.shapes;
  const double shift = bleed ? 6 : 0;
  shapes.push_back({solid::cylinder, {0, 10, -110}, {50, 55, 70}, {}, 50, false});  // neck
  shapes.push_back(ellipsoid({0, 0, 0}, {78, 98, 76}, 45));                         // scalp
  shapes.push_back(ellipsoid({0, 0, 0}, {72, 92, 70}, 900));                        // skull
  shapes.push_back({solid::cylinder, {0, 20, -100}, {20, 20, 40}, {}, 600, false}); // vertebrae
  const auto inside = ellipsoid({0, 0, 0}, {66, 86, 64}, fluid);
  shapes.push_back(inside);
  shapes.push_back(ellipsoid({0, 0, 0}, {63.5, 83.5, 61.5}, brain_tissue));
  shapes.push_back({solid::capsule, {0, 20, -50}, {9, 9, 9}, {0, 20, -110}, brain_tissue, false}); // brain stem
  double ventricles = 0;
  const auto ventricle = [&](const vector3& centre, const vector3& radii) {
    shapes.push_back(ellipsoid(centre, radii, fluid));
    ventricles += shapes.back().volume_ml();
  };
  const double squeezed = bleed ? 6.5 : 8; // the septum stays in the middle between the inner walls
  ventricle({shift - 4 - squeezed, 0, 12}, {squeezed, 30, 12});
  ventricle({shift + 12, 0, 12}, {8, 30, 12});
  ventricle({shift, 5, -10}, {4, 12, 9});
  shapes.push_back(ellipsoid({0, 40, 5}, {2.5, 2.5, 3}, 180)); // pineal calcification
  auto& truth = known.truth;
  truth.brain_ml = inside.volume_ml();
  truth.ventricles_ml = ventricles;
  truth.midline_shift_mm = shift;
  if (bleed) {
    const auto centre = vector3{-38 + random.uniform(-2, 2), random.uniform(-12, 12), 8 + random.uniform(-5, 5)};
    shapes.push_back(ellipsoid(centre, {13 + random.uniform(-2, 2), 20 + random.uniform(-5, 3), 16}, blood));
    truth.bleed_ml = shapes.back().volume_ml();
    truth.bleed_position = centre;
  } else {
    truth.bleed_ml = 0;
  }
  return known;
}

} // namespace noctis
