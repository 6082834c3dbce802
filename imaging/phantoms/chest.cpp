#include "imaging/phantoms/anatomy.hpp"

#include <algorithm>
#include <cmath>

namespace noctis {

namespace {

constexpr float parenchyma = -860;
constexpr float emphysematous = -985;
constexpr float soft_tissue = 40;
constexpr double emphysema_share = 0.15;
constexpr double pi = 3.14159265358979323846;

scene_shape ellipsoid(const vector3& centre, const vector3& radii, float hu) {
  return {solid::ellipsoid, centre, radii, {}, hu, false};
}

scene_shape capsule(const vector3& from, const vector3& to, double radius, float hu) {
  return {solid::capsule, from, {radius, radius, radius}, to, hu, false};
}

/// One lung with what grows in it.
struct lung_model {
  scene_shape body;
  std::vector<scene_shape> vessels;
  std::vector<scene_shape> others; ///< emphysema and nodules

  [[nodiscard]] bool is_free(const vector3& point, double radius, double margin) const {
    const auto far = [&](const scene_shape& shape) { return shape.depth_of(point) < -radius - margin; };
    return body.depth_of(point) > radius + margin && std::all_of(vessels.begin(), vessels.end(), far) &&
           std::all_of(others.begin(), others.end(), far);
  }

  [[nodiscard]] vector3 place(phantom_random& random) const {
    vector3 point{};
    for (size_t axis = 0; axis < 3; ++axis)
      point[axis] = body.centre[axis] + random.uniform(-0.95, 0.95) * body.radii[axis];
    return point;
  }
};

/// Grows vessels from the hilum: each generation forks in two, thinner and shorter.
void grow(lung_model& lung, const vector3& from, const vector3& direction, double length, double radius,
          phantom_random& random) {
  if (radius < 0.7) return;
  auto to = sum_of(from, scaled(direction, length));
  while (lung.body.depth_of(to) < radius + 6 && length > 1) to = sum_of(from, scaled(direction, length *= 0.8));
  if (length <= 1) return;
  lung.vessels.push_back(capsule(from, to, radius, soft_tissue));
  for (int branch = 0; branch < 2; ++branch) {
    const vector3 turn{random.uniform(-0.8, 0.8), random.uniform(-0.8, 0.8), random.uniform(-0.8, 0.8)};
    const auto next = sum_of(direction, turn);
    grow(lung, to, scaled(next, 1 / length_of(next)), length * 0.8, radius * 0.72, random);
  }
}

/// Fills the lung with disjoint balls until they take their share of it; the last is as large as is left.
double add_emphysema(lung_model& lung, double scale, phantom_random& random) {
  const auto wanted = lung.body.volume_ml() * emphysema_share;
  double taken = 0;
  for (int attempt = 0; attempt < 200000 && taken < wanted; ++attempt) {
    auto radius = random.uniform(6, 11) * std::sqrt(scale);
    radius = std::min(radius, std::cbrt((wanted - taken) * 1000 * 3 / (4 * pi)));
    const auto point = lung.place(random);
    if (!lung.is_free(point, radius, 1)) continue;
    lung.others.push_back({solid::ellipsoid, point, {radius, radius, radius}, {}, emphysematous, true});
    taken += lung.others.back().volume_ml();
    if (wanted - taken < 1e-3) break;
  }
  return taken;
}

void add_nodules(lung_model& lung, const std::vector<double>& diameters, phantom_random& random, phantom_truth& truth) {
  for (const auto diameter : diameters) {
    for (int attempt = 0; attempt < 200000; ++attempt) {
      const auto point = lung.place(random);
      if (!lung.is_free(point, diameter / 2, 2)) continue;
      lung.others.push_back(ellipsoid(point, {diameter / 2, diameter / 2, diameter / 2}, 40));
      truth.nodules.push_back({point, diameter});
      break;
    }
  }
}

/// Returns the volume of vessels inside a lung by even sampling, since branches overlap.
double vessels_ml(const lung_model& lung) {
  constexpr int steps = 60;
  int inside = 0;
  int vessel = 0;
  for (int a = 0; a < steps; ++a)
    for (int b = 0; b < steps; ++b)
      for (int c = 0; c < steps; ++c) {
        const auto at = [](int i) { return (i + 0.5) / steps * 2 - 1; };
        const auto& body = lung.body;
        const auto point = sum_of(body.centre, {at(a) * body.radii[0], at(b) * body.radii[1], at(c) * body.radii[2]});
        if (body.depth_of(point) <= 0) continue;
        ++inside;
        vessel += int(std::any_of(lung.vessels.begin(), lung.vessels.end(),
                                  [&](const auto& each) { return each.depth_of(point) > 0; }));
      }
  return lung.body.volume_ml() * vessel / inside;
}

void add_frame(std::vector<scene_shape>& shapes, double s) {
  shapes.push_back({solid::cylinder, {0, 0, 0}, {175 * s, 125 * s, 400}, {}, -100, false}); // fat
  shapes.push_back({solid::cylinder, {0, 0, 0}, {163 * s, 113 * s, 400}, {}, soft_tissue, false});
  shapes.push_back({solid::cylinder, {0, 78 * s, 0}, {18 * s, 15 * s, 400}, {}, 250, false});    // spine
  shapes.push_back(ellipsoid({0, -20 * s, -30 * s}, {31 * s, 45 * s, 55 * s}, 45));              // heart
  shapes.push_back({solid::cylinder, {0, 172 * s, 0}, {210 * s, 12 * s, 400}, {}, -850, false}); // couch
}

lung_model lung_of(double side, double s, phantom_random& random) {
  lung_model lung{ellipsoid({side * 88 * s, 0, 0}, {54 * s, 84 * s, 120 * s}, parenchyma), {}, {}};
  const vector3 hilum{side * 40 * s, 5 * s, 5 * s};
  for (int trunk = 0; trunk < 4; ++trunk) {
    const vector3 aim{side * random.uniform(0.6, 1), random.uniform(-0.7, 0.7), random.uniform(-1, 1)};
    grow(lung, hilum, scaled(aim, 1 / length_of(aim)), 42 * s, 3.8 * std::sqrt(s), random);
  }
  return lung;
}

} // namespace

known_scene chest_scene(bool emphysema, bool nodules, double scale, uint64_t seed) {
  phantom_random random{seed};
  known_scene known;
  add_frame(known.shapes, scale);
  auto right = lung_of(-1, scale, random);
  auto left = lung_of(1, scale, random);
  auto& truth = known.truth;
  truth.right_lung_ml = right.body.volume_ml();
  truth.left_lung_ml = left.body.volume_ml();
  double taken = 0;
  if (emphysema) taken = add_emphysema(right, scale, random) + add_emphysema(left, scale, random);
  truth.emphysema_percent =
      100 * taken / (*truth.right_lung_ml + *truth.left_lung_ml - vessels_ml(right) - vessels_ml(left));
  if (nodules) {
    add_nodules(right, {6, 8, 12}, random, truth);
    add_nodules(left, {6.5, 10, 14}, random, truth);
  }
  for (const auto& lung : {right, left}) {
    known.shapes.push_back(lung.body);
    known.shapes.insert(known.shapes.end(), lung.vessels.begin(), lung.vessels.end());
    known.shapes.insert(known.shapes.end(), lung.others.begin(), lung.others.end());
  }
  const vector3 carina{0, 20 * scale, 45 * scale};
  known.shapes.push_back(capsule({0, 20 * scale, 500}, carina, 8 * scale, -990));
  for (const double side : {-1.0, 1.0})
    known.shapes.push_back(capsule(carina, {side * 40 * scale, 15 * scale, 15 * scale}, 5.5 * scale, -990));
  return known;
}

} // namespace noctis
